package io.kafkabridge.extension.kafka;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Sends the records that wait in lanes, as far as a producer takes them, and takes those off the way that Kafka will never
 * take. For the delivery's thread.
 *
 * @param <S> what is sent
 */
public final class TopicSender<S extends Submission> {

    /**
     * The lanes' records.
     *
     * @param <S> what is sent
     */
    public interface Lanes<S extends Submission> {

        /** Takes the next record that waits in a lane. Null: there is none, and the lane is open for the sender now. */
        @Nullable
        S next(TopicLane<S> lane, KafkaSender sender);

        /** Puts back what {@link #next} gave. */
        void putBack(TopicLane<S> lane, S record);

        /** Takes all that waits in a lane. */
        List<S> takeAll(TopicLane<S> lane);
    }

    private final Lanes<S> lanes;
    private final BiConsumer<S, Exception> rejections;
    private final MissingTopics missingTopics;
    private final TopicCreator creator;
    private final LongSupplier clock;

    /**
     * Makes it.
     *
     * @param rejections takes records off the way, with the reason
     * @param creator creates topics where that is asked for
     */
    public TopicSender(
            final Lanes<S> lanes,
            final BiConsumer<S, Exception> rejections,
            final MissingTopics missingTopics,
            final TopicCreator creator,
            final LongSupplier clock) {
        this.lanes = lanes;
        this.rejections = rejections;
        this.missingTopics = missingTopics;
        this.creator = creator;
        this.clock = clock;
    }

    /**
     * Sends what waits in a lane; when nothing is left, the lane is open.
     *
     * @return why the producer takes no more for now, or null
     */
    public @Nullable Exception send(final TopicLane<S> lane, final KafkaSender to) {
        try {
            know(lane, to);
            missingTopics.note(lane.topic(), null);
        } catch (final RuntimeException e) {
            final Exception ofTopic = missingTopics.giveUp(lane.topic(), e);
            if (ofTopic != null) {
                lanes.takeAll(lane).forEach(record -> rejections.accept(record, ofTopic));
            }
            return e;
        }
        S record = lanes.next(lane, to);
        while (record != null) {
            if (record.isWanted()) {
                final Exception refusal = send(lane, record, to);
                if (refusal != null) {
                    return refusal;
                }
            } else {
                record.fail(new IllegalStateException("an earlier publish failed"));
            }
            record = lanes.next(lane, to);
        }
        return null;
    }

    /** Sends a record, or takes it off the way; else puts it back, and returns why. */
    private @Nullable Exception send(final TopicLane<S> lane, final S record, final KafkaSender to) {
        final Exception refusal = to.send(record, clock.getAsLong());
        if (refusal == null) {
            return null;
        }
        final Exception rejection =
                KafkaErrors.isNotYet(refusal) ? missingTopics.giveUpPartition(record.record(), to) : refusal;
        if (rejection == null) {
            lanes.putBack(lane, record);
            return refusal;
        }
        rejections.accept(record, rejection);
        return null;
    }

    /** Makes sure that a producer knows the lane's topic; throws why it doesn't. */
    private void know(final TopicLane<S> lane, final KafkaSender sender) {
        creator.ensure(lane.topic(), lane.creation());
        try {
            sender.partitions(lane.topic());
        } catch (final RuntimeException e) {
            creator.noteRefusal(lane.topic(), e);
            throw e;
        }
    }

    /** Whether a producer knows the lane's topic by now, or knows that it is missing. Throws when the producer is of no use. */
    public boolean isReady(final TopicLane<S> lane, final KafkaSender sender) {
        try {
            know(lane, sender);
            return true;
        } catch (final RuntimeException e) {
            if (KafkaErrors.breaksProducer(e)) {
                throw e;
            }
            return MissingTopics.ofTopic(e) != null;
        }
    }
}
