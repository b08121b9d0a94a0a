package io.kafkabridge.extension.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One producer, from its start to its end, and the records that are under way with it. Any number of threads {@link #send};
 * none of its methods waits for a thread of Kafka's.
 *
 * <p>Order: what a producer gives up must not be overtaken by what it sends next. So the first record that comes back stops the
 * producer, on Kafka's I/O thread, which ends before it sends another request ({@code close(0)} there only sets a mark). A
 * producer that is stopped by another thread may still write what it has, in its order; then Kafka has these records once more,
 * before those that are sent again.
 */
public final class KafkaSender {

    /** HiveMQ has about as many threads as processors. */
    private static final int STRIPES =
            Integer.highestOneBit(Math.max(1, Runtime.getRuntime().availableProcessors())) * 2;

    /** Records that have settled leave the registry when others come: so many for each that comes, at most. */
    private static final int PRUNE = 2;

    /**
     * Why a sender has failed: the first error counts, what comes after it only follows from it.
     *
     * @param topic the topic of the record that came back; empty when it wasn't about a record
     */
    public record Failure(Exception error, String topic) {

        /** What the error is about. */
        public KafkaErrors.Kind kind() {
            return KafkaErrors.kind(error);
        }
    }

    private final Producer<byte[], byte[]> producer;
    private final Executor closer;
    private final Runnable onFailure;
    private final LongSupplier clock;
    private final List<Queue<Submission>> underWay = new ArrayList<>(STRIPES);
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
    private volatile boolean accepting = true;

    // Only the delivery's thread asks whether it is stalled.
    private final @Nullable Metric connections;
    private final @Nullable Metric bufferTotal;
    private final @Nullable Metric bufferFree;
    private final @Nullable Metric sent;
    private double sentBefore;
    private long lastProgress;
    private boolean reached;

    /**
     * Takes a producer over.
     *
     * @param producer doesn't block in {@code send} ({@code max.block.ms=0})
     * @param closer runs what may wait for Kafka's threads
     * @param onFailure called when the sender has failed, from any thread
     * @param clock {@link System#nanoTime}
     */
    public KafkaSender(
            final Producer<byte[], byte[]> producer,
            final Executor closer,
            final Runnable onFailure,
            final LongSupplier clock) {
        this.producer = producer;
        this.closer = closer;
        this.onFailure = onFailure;
        this.clock = clock;
        for (int i = 0; i < STRIPES; i++) {
            underWay.add(new ConcurrentLinkedQueue<>());
        }
        connections = metric("connection-count");
        bufferTotal = metric("buffer-total-bytes");
        bufferFree = metric("buffer-available-bytes");
        sent = metric("record-send-total");
        lastProgress = clock.getAsLong();
        sentBefore = number(sent);
    }

    private @Nullable Metric metric(final String name) {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name)
                        && metric.metricName().group().equals("producer-metrics"))
                .findAny()
                .orElse(null);
    }

    private static double number(final @Nullable Metric metric) {
        return metric != null && metric.metricValue() instanceof Double number ? number : 0;
    }

    /**
     * Hands a record to the producer. Doesn't block.
     *
     * @param now {@link System#nanoTime}
     * @return null when the record is under way, or was taken back already; else why the producer refuses it now
     */
    public @Nullable Exception send(final Submission record, final long now) {
        if (!accepting) {
            return stopped();
        }
        record.begin(this, now);
        register(record);
        // In this order: whoever stops the sender marks it first and looks through the registry then.
        if (!accepting) {
            record.end();
            return record.undo() ? stopped() : null;
        }
        @Nullable Exception refusal = null;
        try {
            producer.send(record.record(), record);
        } catch (final RuntimeException e) {
            refusal = e;
        } catch (final Error e) {
            // Nobody knows whether the producer has it: it comes back with all others.
            record.end();
            fail(new IllegalStateException("the producer has met an unexpected error", e));
            return null;
        }
        final Exception told = record.end();
        refusal = refusal != null ? refusal : told;
        return refusal != null && record.undo() ? refusal : null;
    }

    /** Kafka's own exceptions have no stack trace, so that is cheap. */
    private static TimeoutException stopped() {
        return new TimeoutException("the producer is being replaced");
    }

    private void register(final Submission record) {
        final Queue<Submission> stripe =
                underWay.get((int) Thread.currentThread().getId() & (STRIPES - 1));
        stripe.add(record);
        final Iterator<Submission> oldest = stripe.iterator();
        for (int i = 0; i < PRUNE && oldest.hasNext() && oldest.next().isSettled(); i++) {
            oldest.remove(); // Costs the same when another thread was faster; remove(Object) would look through all.
        }
    }

    /** How many records the registry names, settled ones among them. */
    int registered() {
        return underWay.stream().mapToInt(Queue::size).sum();
    }

    /** Something went wrong; from now on nothing is taken. Any thread. */
    public void fail(final Exception error) {
        accepting = false;
        if (failure.compareAndSet(null, new Failure(error, ""))) {
            onFailure.run();
        }
    }

    /** The producer has given a record of that topic up; it ends before it sends another request. On Kafka's I/O thread. */
    void cameBack(final String topic, final Exception error) {
        accepting = false;
        final boolean first = failure.compareAndSet(null, new Failure(error, topic));
        try {
            producer.close(Duration.ZERO);
        } finally {
            if (first) {
                onFailure.run();
            }
        }
    }

    /** Why it failed; null as long as it hasn't. Any thread. */
    public @Nullable Failure failure() {
        return failure.get();
    }

    /** Takes nothing more, and sends nothing more as far as that can be. Returns at once. Any thread. */
    public void stop() {
        accepting = false;
        closer.execute(() -> producer.close(Duration.ZERO));
    }

    /** Whether nothing is under way: every record has been called back, or taken back. */
    public boolean isQuiet() {
        for (final Queue<Submission> stripe : underWay) {
            stripe.removeIf(Submission::isSettled);
            for (final Submission record : stripe) {
                if (record.isUnderWay()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes back every record that Kafka doesn't have for certain, in no order. The sender was stopped, or has failed. */
    public List<Submission> recall() {
        accepting = false;
        final List<Submission> back = new ArrayList<>();
        for (final Queue<Submission> stripe : underWay) {
            for (final Submission record : stripe) {
                if (record.take()) {
                    back.add(record);
                }
            }
            stripe.clear();
        }
        return back;
    }

    /**
     * How many partitions a topic has.
     *
     * @throws TimeoutException when that isn't known yet; its cause may say that the topic is missing
     * @throws org.apache.kafka.common.KafkaException when the producer doesn't work
     */
    public int partitions(final String topic) {
        return producer.partitionsFor(topic).size();
    }

    /** Whether a broker is connected now. */
    public boolean isConnected() {
        final boolean connected = number(connections) > 0;
        reached |= connected;
        return connected;
    }

    /** Whether a broker was ever connected, as far as anybody looked. One thread. */
    public boolean isReached() {
        return reached || isConnected();
    }

    /**
     * Whether the producer has held records for so long without sending any. A {@code KafkaProducer} looks for records that are
     * late only when it is about to send; while it waits for its producer id ({@code InitProducerId}), or for a name server, it
     * isn't, so {@code delivery.timeout.ms} means nothing then. One thread.
     */
    public boolean isStalled(final long limitNanos) {
        final double nowSent = number(sent);
        final long now = clock.getAsLong();
        if (nowSent != sentBefore || number(bufferFree) >= number(bufferTotal)) {
            sentBefore = nowSent;
            lastProgress = now;
            return false;
        }
        return now - lastProgress >= limitNanos;
    }
}
