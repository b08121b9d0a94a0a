package io.kafkabridge.extension.monitoring.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Daemon threads, none of HiveMQ's, for work that talks to clients. A client that sends or reads too slowly holds a thread
 * for {@link #PATIENCE} at most: then the thread is interrupted, which closes the connection that it waits for. Thread-safe.
 */
final class Workers implements Executor {

    /** How long a client may take for a request and its answer, or for a piece of a stream. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final ThreadLocal<Work> OWN = new ThreadLocal<>();

    /** Work under way on a thread; its times are {@link System#nanoTime()}. */
    private static final class Work {

        private final Thread thread = Thread.currentThread();
        private final Duration patience;
        private final long number;
        private @Nullable Long deadline;
        private boolean ended;

        Work(final Duration patience, final long number) {
            this.patience = patience;
            this.number = number;
            begin();
        }

        final synchronized void begin() {
            deadline = System.nanoTime() + patience.toNanos();
        }

        synchronized void forget() {
            deadline = null;
        }

        synchronized void interruptIfLate() {
            final Long until = deadline;
            if (!ended && until != null && System.nanoTime() - until > 0) {
                thread.interrupt();
            }
        }

        /** Ends it before its time, unless it is about to end already; whether it did. */
        synchronized boolean cutOff() {
            if (ended || thread.isInterrupted()) {
                return false;
            }
            thread.interrupt();
            return true;
        }

        synchronized void end() {
            ended = true;
        }
    }

    private final Duration patience;
    private final ThreadPoolExecutor threads;
    private final AtomicLong count = new AtomicLong();
    private final Set<Work> underWay = ConcurrentHashMap.newKeySet();

    /** Hands over to a thread that waits; the pool makes another one where there is none. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(final Runnable work) {
            return tryTransfer(work);
        }
    }

    private Workers(final String name, final int most, final int waiting, final Duration patience) {
        this.patience = patience;
        final AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0,
                most,
                10,
                TimeUnit.SECONDS,
                new HandOver(),
                action -> {
                    final Thread thread = new Thread(action, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                (work, pool) -> {
                    if (pool.isShutdown() || pool.getQueue().size() >= waiting) {
                        throw new RejectedExecutionException("All threads are busy");
                    }
                    pool.getQueue().add(work);
                    cutOffOldest();
                });
    }

    /**
     * Workers that always find a thread for what comes: when all are busy, the work that has been under way for longest is cut
     * off. So whoever stalls holds up nobody else.
     *
     * @param name what their threads are called
     * @param most how many threads
     * @param waiting how much work may wait for the end of what is cut off
     * @param patience how long a piece of work may take
     */
    static Workers yielding(final String name, final int most, final int waiting, final Duration patience) {
        return new Workers(name, most, waiting, patience);
    }

    /** Workers without a queue: who finds no free one is refused. */
    static Workers unqueued(final String name, final int most, final Duration patience) {
        return new Workers(name, most, 0, patience);
    }

    private void cutOffOldest() {
        final List<Work> oldestFirst = new ArrayList<>(underWay);
        oldestFirst.sort(Comparator.comparingLong(work -> work.number));
        for (final Work work : oldestFirst) {
            if (work.cutOff()) {
                return;
            }
        }
    }

    /**
     * Does the work on one of the threads, with a deadline.
     *
     * @throws RejectedExecutionException when too much is waiting already, or after {@link #stop()}
     */
    @Override
    public void execute(final Runnable action) {
        threads.execute(() -> {
            final Work work = new Work(patience, count.incrementAndGet());
            OWN.set(work);
            underWay.add(work);
            try {
                action.run();
            } finally {
                work.end();
                underWay.remove(work);
                OWN.remove();
            }
        });
    }

    /** For work on one of these threads: its time begins anew. */
    static void beginAnew() {
        OWN.get().begin();
    }

    /** For work on one of these threads: it may take any time, until {@link #beginAnew()}. */
    static void takeAnyTime() {
        OWN.get().forget();
    }

    /** Interrupts what takes too long; to be called once a second or so. */
    void interruptLate() {
        underWay.forEach(Work::interruptIfLate);
    }

    /** Interrupts everything and takes nothing more. */
    void stop() {
        threads.shutdownNow();
    }
}
