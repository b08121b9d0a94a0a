package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.kafka.KafkaErrors;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.MissingTopics;
import io.kafkabridge.extension.kafka.SenderSlot;
import io.kafkabridge.extension.kafka.Submission;
import io.kafkabridge.extension.kafka.TopicCreator;
import io.kafkabridge.extension.kafka.TopicLane;
import io.kafkabridge.extension.kafka.TopicSender;

/**
 * The way that records take while the cluster takes them: from HiveMQ's threads straight into a producer. When a record is late
 * or comes back, what comes behind it must not reach Kafka before it: so the producer is stopped at once, and all that was under
 * way with it comes back together. For the delivery's thread, where nothing else is said.
 */
final class LiveWay {

    private final Lanes lanes;
    private final SenderSlot slot;
    private final TopicSender<PendingRecord> topics;
    private final MissingTopics missingTopics;
    private final long deliveryTimeoutNanos;
    private final LongSupplier clock;

    /** Why records must go to the spool although Kafka takes them. Any thread sets it. */
    private final AtomicReference<@Nullable Exception> overload = new AtomicReference<>();

    private boolean reached;

    LiveWay(
            final Lanes lanes,
            final KafkaClients clients,
            final Rejections rejections,
            final MissingTopics missingTopics,
            final TopicCreator creator,
            final Duration deliveryTimeout,
            final Runnable wake,
            final LongSupplier clock) {
        this.lanes = lanes;
        this.slot = new SenderSlot(clients::open, wake, clock);
        this.topics = new TopicSender<>(lanes, rejections::add, missingTopics, creator, clock);
        this.missingTopics = missingTopics;
        this.deliveryTimeoutNanos = deliveryTimeout.toNanos();
        this.clock = clock;
    }

    /** More is on its way than memory allows: the next {@link #step} gives the cluster up for now. Any thread. */
    void overload(final Exception cause) {
        overload.compareAndSet(null, cause);
    }

    /**
     * Sends what waits in the lanes.
     *
     * @return why the producer has to be stopped, or null
     */
    KafkaSender.@Nullable Failure step() {
        final KafkaSender sender = slot.open();
        if (sender != null) {
            for (final TopicLane<PendingRecord> lane : lanes.closed()) {
                final Exception refusal = topics.send(lane, sender);
                if (refusal != null) {
                    slot.note(refusal);
                    if (KafkaErrors.breaksProducer(refusal)) {
                        sender.fail(refusal);
                    }
                }
            }
            reached |= sender.isReached();
        }
        if (lanes.areOpen()) {
            slot.clearCause();
        }
        return failure(sender);
    }

    private KafkaSender.@Nullable Failure failure(final @Nullable KafkaSender sender) {
        if (sender != null && sender.failure() != null) {
            return sender.failure();
        }
        final Exception tooMuch = overload.getAndSet(null);
        if (tooMuch != null) {
            return new KafkaSender.Failure(tooMuch, "");
        }
        final boolean late = lanes.closed().stream().anyMatch(this::isLate)
                || (sender != null && sender.isStalled(deliveryTimeoutNanos));
        return late
                ? new KafkaSender.Failure(new TimeoutException("Kafka took no record in time", slot.cause()), "")
                : null;
    }

    /** Unless Kafka itself says that the topic is missing: then it is waited for, for longer. */
    private boolean isLate(final TopicLane<PendingRecord> lane) {
        final PendingRecord oldest = lanes.oldest(lane);
        return oldest != null
                && clock.getAsLong() - oldest.arrivalNanos() >= deliveryTimeoutNanos
                && !(missingTopics.contains(lane.topic()) && slot.isConnected());
    }

    /** Stops the producer; what is under way comes back. */
    void stop() {
        slot.stop();
    }

    /** What was under way when the producer was stopped, in the order it came; null while it is still coming back. */
    @Nullable
    List<PendingRecord> recall() {
        final List<Submission> back = slot.recall();
        if (back == null) {
            return null;
        }
        final List<PendingRecord> records = new ArrayList<>(back.size());
        for (final Submission each : back) {
            if (each instanceof PendingRecord record) {
                records.add(record.again());
            } else {
                each.fail(new TimeoutException("the producer was replaced"));
            }
        }
        records.sort(Comparator.comparingLong(PendingRecord::arrivalNanos));
        return records;
    }

    /** Notes that a record came back, since its topic is missing. */
    void noteMissing(final KafkaSender.Failure failure) {
        missingTopics.noteMissing(failure.topic(), failure.error());
    }

    /** Opens a producer; whether it knows every topic by now, or knows that it is missing. */
    boolean isReady() {
        final KafkaSender sender = slot.open();
        if (sender == null) {
            return false;
        }
        boolean ready = true;
        try {
            for (final String topic : lanes.expected()) {
                ready &= topics.isReady(lanes.of(topic), sender);
            }
        } catch (final RuntimeException e) {
            slot.note(e);
            slot.drop(); // It is of no use any more.
            slot.pause(Duration.ofSeconds(1));
            return false;
        }
        return ready && sender.failure() == null;
    }

    /** Begins anew: what was noted while records went through the spool doesn't count. */
    void goLive() {
        overload.set(null);
        lanes.goLive();
    }

    /** Kafka has taken what was in the spool. */
    void noteReached() {
        reached = true;
    }

    /** A turn at the end; whether nothing is on its way any more, or the producer has to be stopped. */
    boolean finish() {
        final KafkaSender sender = slot.sender();
        return step() != null || (lanes.waiting() == 0 && (sender == null || sender.isQuiet()));
    }

    /** Whether there is nothing to do: a producer, and no lane is closed. */
    boolean isIdle() {
        final KafkaSender sender = slot.sender();
        return sender != null && sender.failure() == null && overload.get() == null && lanes.areOpen();
    }

    /** The producer in use; null when there is none. */
    @Nullable
    KafkaSender sender() {
        return slot.sender();
    }

    /** Why Kafka takes nothing, as well as it is known. */
    @Nullable
    Exception cause() {
        return slot.cause();
    }

    boolean isConnected() {
        return slot.isConnected();
    }

    /** Whether a broker has ever answered. */
    boolean isReached() {
        return reached;
    }

    /** Ends. */
    void close() {
        slot.close();
    }

    /** All that waits in the lanes and all that came back, in the order it came; from now on, records are held. */
    List<PendingRecord> hold(final List<PendingRecord> back) {
        // Where the clock can't tell two of a client apart, the one that was sent came first; the sort is stable.
        final List<PendingRecord> all = new ArrayList<>(back);
        all.addAll(lanes.hold());
        all.sort(Comparator.comparingLong(PendingRecord::arrivalNanos));
        return all;
    }
}
