package io.kafkabridge.extension.kafka;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A producer with an I/O thread, for tests with real threads: it refuses a record now and then, and gives one up now and then, with
 * all that is behind it. What is on its way when it is closed may still be written.
 */
public final class RacingProducer {

    private record Sent(ProducerRecord<byte[], byte[]> record, Callback callback) {}

    private final BlockingQueue<Sent> buffer = new LinkedBlockingQueue<>();
    private final Consumer<ProducerRecord<byte[], byte[]>> log;
    private final int oddsOfFailure;
    private final Thread thread = new Thread(this::run, "racing-producer");
    private volatile boolean closed;

    /**
     * A producer that runs.
     *
     * @param log takes what is written, on its I/O thread
     * @param oddsOfFailure one in so many records fails, and as many are refused
     */
    public RacingProducer(final Consumer<ProducerRecord<byte[], byte[]>> log, final int oddsOfFailure) {
        this.log = log;
        this.oddsOfFailure = oddsOfFailure;
        thread.setDaemon(true);
        thread.start();
    }

    /** Kafka's view of it. */
    @SuppressWarnings("unchecked")
    public Producer<byte[], byte[]> producer() {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                RacingProducer.class.getClassLoader(), new Class<?>[] {Producer.class}, this::call);
    }

    /** Waits until it has called back for all it had, and has ended. */
    public void join() throws InterruptedException {
        thread.join(Duration.ofSeconds(10).toMillis());
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object call(final Object proxy, final Method method, final Object @Nullable [] given) {
        final Object[] arguments = given == null ? new Object[0] : given;
        return switch (method.getName()) {
            case "send" -> send((ProducerRecord<byte[], byte[]>) arguments[0], (Callback) arguments[1]);
            case "close" -> {
                closed = true;
                yield null;
            }
            case "metrics" -> Map.of();
            case "partitionsFor" -> List.of(new PartitionInfo("t", 0, null, null, null));
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private CompletableFuture<RecordMetadata> send(
            final ProducerRecord<byte[], byte[]> record, final Callback callback) {
        if (closed) {
            throw new IllegalStateException("Cannot perform operation after producer has been closed");
        }
        if (ThreadLocalRandom.current().nextInt(oddsOfFailure) == 0) {
            callback.onCompletion(null, new TimeoutException("Failed to allocate memory within 0 ms"));
        } else {
            buffer.add(new Sent(record, callback));
        }
        return new CompletableFuture<>();
    }

    private void run() {
        try {
            while (!closed) {
                final Sent next = buffer.poll(1, TimeUnit.MILLISECONDS);
                if (next != null) {
                    end(next);
                }
            }
            // Whoever was in send() when it was closed may add one more.
            Sent left = buffer.poll(5, TimeUnit.MILLISECONDS);
            while (left != null) {
                left.callback().onCompletion(null, new KafkaException("Producer is closed forcefully."));
                left = buffer.poll(5, TimeUnit.MILLISECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(final Sent next) {
        if (ThreadLocalRandom.current().nextInt(oddsOfFailure) == 0) {
            next.callback().onCompletion(null, new KafkaException("a batch mate was refused"));
        } else {
            log.accept(next.record());
            next.callback().onCompletion(new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0), null);
        }
    }
}
