package io.kafkabridge.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.kafkabridge.common.CommandFailure;

/** Publishers that share their messages, each with a client id and a thread of its own. */
final class Clients {
    private final List<Publisher> publishers = new ArrayList<>();

    void add(Publisher publisher) {
        publishers.add(publisher);
    }

    /** Ends {@link #run} soon. From any thread. */
    void stop() {
        publishers.forEach(Publisher::stop);
    }

    /** Makes all look for messages, or for the end of them. From any thread. */
    void wake() {
        publishers.forEach(Publisher::wake);
    }

    /**
     * Publishes until the messages end and all are answered, or until stopped. When one fails, the others are stopped.
     *
     * @param messages may be asked by several threads
     * @return how many messages failed
     * @throws CommandFailure when going on is pointless for one of them
     */
    long run(Messages messages) throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                publishers.size(), work -> new Thread(work, "client-" + number.incrementAndGet()));
        try {
            ExecutorCompletionService<Long> ends = new ExecutorCompletionService<>(threads);
            publishers.forEach(publisher -> ends.submit(() -> publisher.run(messages)));
            return await(ends);
        } finally {
            threads.shutdownNow();
        }
    }

    private long await(ExecutorCompletionService<Long> ends) throws InterruptedException {
        long failed = 0;
        RuntimeException first = null;
        for (int i = 0; i < publishers.size(); i++) {
            try {
                failed += ends.take().get();
            } catch (ExecutionException e) {
                if (first == null) {
                    first = e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                    stop();
                }
            }
        }
        if (first != null) {
            throw first;
        }
        return failed;
    }
}
