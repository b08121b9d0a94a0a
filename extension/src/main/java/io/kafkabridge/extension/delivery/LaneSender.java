package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records that wait in lanes, as far as a producer takes them, and takes those off the way that Kafka will never
 * take. For the delivery's thread.
 */
final class LaneSender {

    private final Lanes lanes;
    private final Rejections rejections;
    private final MissingTopics missingTopics;
    private final MissingPartitions missingPartitions = new MissingPartitions();
    private final TopicCreator creator;

    LaneSender(
            final Lanes lanes,
            final Rejections rejections,
            final MissingTopics missingTopics,
            final TopicCreator creator) {
        this.lanes = lanes;
        this.rejections = rejections;
        this.missingTopics = missingTopics;
        this.creator = creator;
    }

    /**
     * Sends what waits in a lane; when nothing is left, the lane is open.
     *
     * @return why the producer takes no more for now, or null
     */
    @Nullable
    Exception send(final TopicLane lane, final Producer<byte[], byte[]> to) {
        try {
            know(lane, to);
            missingTopics.note(lane.topic(), null);
        } catch (final RuntimeException e) {
            final Exception ofTopic = missingTopics.giveUp(lane.topic(), e);
            if (ofTopic != null) {
                lanes.takeAll(lane).forEach(record -> rejections.add(record, ofTopic));
            }
            return e;
        }
        PendingRecord record = lanes.next(lane);
        while (record != null) {
            final Exception refusal = record.submit(to, System.nanoTime());
            if (refusal != null) {
                final Exception rejection =
                        Submission.isNotReady(refusal) ? missingPartitions.giveUp(record.record(), to) : refusal;
                if (rejection == null) {
                    lanes.putBack(record);
                    return refusal;
                }
                rejections.add(record, rejection);
            }
            record = lanes.next(lane);
        }
        return null;
    }

    /** Makes sure that a producer knows the lane's topic; throws why it doesn't. */
    private void know(final TopicLane lane, final Producer<byte[], byte[]> producer) {
        creator.ensure(lane.topic(), lane.creation());
        try {
            producer.partitionsFor(lane.topic());
        } catch (final RuntimeException e) {
            creator.noteRefusal(lane.topic(), e);
            throw e;
        }
    }

    /** Whether a producer knows the lane's topic by now, or knows that it is missing. */
    boolean isReady(final TopicLane lane, final Producer<byte[], byte[]> producer) {
        try {
            know(lane, producer);
            return true;
        } catch (final RuntimeException e) {
            if (Refusals.breaksProducer(e)) {
                throw e;
            }
            return Refusals.ofTopic(e) != null;
        }
    }
}
