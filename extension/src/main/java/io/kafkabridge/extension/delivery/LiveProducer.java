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
    private final Rejections rejections;
    private final MissingTopics missingTopics;
    private final long deliveryTimeoutNanos;
    private final OutageCause cause = new OutageCause();
    private final Queue<PendingRecord> aborted = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private long nextOpen = System.nanoTime();

    LiveProducer(
            final Lanes lanes,
            final Producers producers,
            final Rejections rejections,
            final MissingTopics missingTopics,
            final Duration deliveryTimeout) {
        this.lanes = lanes;
        this.producers = producers;
        this.rejections = rejections;
        this.missingTopics = missingTopics;
        this.deliveryTimeoutNanos = deliveryTimeout.toNanos();
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
        boolean late = false;
        boolean allOpen = true;
        for (final TopicLane lane : lanes.all()) {
            if (current != null && !lane.isOpen()) {
                drain(lane, current);
            }
            allOpen &= lane.isOpen();
            final PendingRecord oldest = lane.isOpen() ? null : lanes.oldest(lane);
            late |= oldest != null
                    && System.nanoTime() - oldest.arrivalNanos() >= deliveryTimeoutNanos
                    && !missingTopics.contains(lane.topic());
        }
        if (allOpen) {
            cause.clear();
        }
        final Exception failed = failure.get();
        if (failed != null) {
            return failed;
        }
        return late ? new TimeoutException("Kafka took no record in time", cause.get()) : null;
    }

    /** Sends what waits in a lane as far as the producer takes it. */
    private void drain(final TopicLane lane, final Producer<byte[], byte[]> to) {
        try {
            to.partitionsFor(lane.topic());
            missingTopics.note(lane.topic(), null);
        } catch (final RuntimeException e) {
            noteCause(e);
            final Exception ofTopic = missingTopics.giveUp(lane.topic(), e);
            if (ofTopic != null) {
                lanes.takeAll(lane).forEach(record -> rejections.add(record, ofTopic));
            }
            return;
        }
        PendingRecord record = lanes.next(lane);
        while (record != null) {
            final Exception refusal = record.submit(to);
            if (refusal != null && Submission.isNotReady(refusal)) {
                lanes.putBack(record);
                noteCause(refusal);
                return;
            }
            if (refusal != null) {
                rejections.add(record, refusal);
            }
            record = lanes.next(lane);
        }
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
        for (final TopicLane lane : lanes.all()) {
            try {
                current.partitionsFor(lane.topic());
            } catch (final RuntimeException e) {
                if (Refusals.breaksProducer(e)) {
                    close(Duration.ZERO);
                    nextOpen = System.nanoTime() + RETRY;
                    return false;
                }
                ready &= Refusals.ofTopic(e) != null;
            }
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
        return producer != null && failure.get() == null && lanes.all().stream().allMatch(TopicLane::isOpen);
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
