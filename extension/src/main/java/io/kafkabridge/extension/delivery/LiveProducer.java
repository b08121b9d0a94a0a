package io.kafkabridge.extension.delivery;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The way that records take while the cluster takes them: from HiveMQ's threads straight into a producer. {@link #send} never
 * blocks and may be called by any number of threads, {@link #notDelivered} comes on Kafka's; all else is for the delivery's
 * thread.
 *
 * <p>When a record is late, what comes behind it must not reach Kafka before it. So the producer is closed at once, and all
 * that was under way goes to the spool together.
 */
final class LiveProducer {

    private static final long RETRY = Duration.ofSeconds(1).toNanos();

    private final Lanes lanes;
    private final Producers producers;
    private final LaneSender sender;
    private final MissingTopics missingTopics;
    private final long deliveryTimeoutNanos;
    private final OutageCause cause = new OutageCause();
    private final SendWatch watch;
    private final Queue<PendingRecord> aborted = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private long nextOpen = System.nanoTime();

    LiveProducer(
            final Lanes lanes,
            final Producers producers,
            final LaneSender sender,
            final MissingTopics missingTopics,
            final Duration deliveryTimeout) {
        this.lanes = lanes;
        this.producers = producers;
        this.sender = sender;
        this.missingTopics = missingTopics;
        this.deliveryTimeoutNanos = deliveryTimeout.toNanos();
        this.watch = new SendWatch(deliveryTimeout);
    }

    /** Sends a record if that is possible at once. */
    boolean send(final PendingRecord record) {
        return record.lane().send(record, producer);
    }

    /** Kafka didn't take a record, by the cluster's fault. */
    void notDelivered(final PendingRecord record, final Exception error) {
        aborted.add(record);
        fail(error);
        final Producer<byte[], byte[]> current = producer;
        if (current != null) {
            // On Kafka's I/O thread: it ends before it sends another request. The delivery's thread does the rest.
            current.close(Duration.ZERO);
        }
    }

    /** Makes {@link #step} report a failure. Any thread. */
    void fail(final Exception error) {
        failure.compareAndSet(null, error);
    }

    /** Opens the producer, if it can be opened; it then finds its brokers by itself. */
    void open() {
        if (producer == null && System.nanoTime() - nextOpen >= 0) {
            try {
                failure.set(null);
                producer = producers.open();
            } catch (final UnknownHostException | RuntimeException e) {
                // Can't be reached, or a truststore that can't be read: for the records it is all the same.
                cause.note(e);
                nextOpen = System.nanoTime() + RETRY;
            }
        }
    }

    /**
     * Opens the producer and sends what waits in the lanes.
     *
     * @return why the cluster must be given up for now, or null
     */
    @Nullable
    Exception step() {
        open();
        final Producer<byte[], byte[]> current = producer;
        if (current != null) {
            for (final TopicLane lane : lanes.closed()) {
                final Exception refusal = sender.send(lane, current);
                if (refusal != null) {
                    noteCause(refusal);
                }
            }
        }
        final List<TopicLane> closed = lanes.closed();
        if (closed.isEmpty()) {
            cause.clear();
        }
        final Exception failed = failure.get();
        if (failed != null) {
            return failed;
        }
        final boolean late = closed.stream().anyMatch(this::isLate) || (current != null && watch.isStalled(current));
        return late ? new TimeoutException("Kafka took no record in time", cause.get()) : null;
    }

    private boolean isLate(final TopicLane lane) {
        final PendingRecord oldest = lanes.oldest(lane);
        return oldest != null
                && System.nanoTime() - oldest.arrivalNanos() >= deliveryTimeoutNanos
                && !missingTopics.contains(lane.topic());
    }

    private void noteCause(final Exception error) {
        cause.note(error);
        if (Refusals.breaksProducer(error)) {
            fail(error);
        }
    }

    /**
     * Closes the producer and the lanes.
     *
     * @return all that was under way and all that waited, in the order it came
     */
    List<PendingRecord> abort() {
        final List<PendingRecord> all = new ArrayList<>(lanes.hold());
        close(Duration.ZERO); // Returns when all records under way have been called back.
        PendingRecord record = aborted.poll();
        while (record != null) {
            all.add(record);
            record = aborted.poll();
        }
        all.sort(Comparator.comparingLong(PendingRecord::arrivalNanos));
        nextOpen = System.nanoTime();
        return all;
    }

    /** Closes the producer, once what is under way was sent, within that time. */
    void close(final Duration timeout) {
        final Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(timeout);
        }
    }

    /** Opens the producer; whether it knows every topic by now, or knows that it is missing. */
    boolean isReady() {
        open();
        final Producer<byte[], byte[]> current = producer;
        if (current == null) {
            return false;
        }
        boolean ready = true;
        try {
            for (final String topic : lanes.expected()) {
                ready &= sender.isReady(lanes.of(topic), current);
            }
        } catch (final RuntimeException e) {
            close(Duration.ZERO); // It is of no use any more.
            nextOpen = System.nanoTime() + RETRY;
            return false;
        }
        return ready;
    }

    /** Begins anew: what failed while records went through the spool doesn't count. */
    void goLive() {
        failure.set(null);
        lanes.goLive();
    }

    /** Whether there is nothing to do: a producer, and no lane is closed. */
    boolean isIdle() {
        return producer != null && failure.get() == null && lanes.closed().isEmpty();
    }

    @Nullable
    Producer<byte[], byte[]> producer() {
        return producer;
    }

    @Nullable
    Exception cause() {
        return cause.get();
    }

    boolean isConnected() {
        return Producers.isConnected(producer);
    }
}
