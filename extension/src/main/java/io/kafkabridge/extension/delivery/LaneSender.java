package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records that wait in lanes, as far as a producer takes them, and takes those off the way that Kafka will never
 * take. For the delivery's thread.
 */
final class LaneSender {

    private final Lanes lanes;
    private final Rejections rejections;
    private final MissingTopics missingTopics;
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
        final int partitions;
        try {
            partitions = partitions(lane, to);
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
            final Exception missing = missingPartition(record.record(), partitions);
            final Exception refusal = missing != null ? missing : record.submit(to);
            if (refusal != null && Submission.isNotReady(refusal)) {
                lanes.putBack(record);
                return refusal;
            }
            if (refusal != null) {
                rejections.add(record, refusal);
            }
            record = lanes.next(lane);
        }
        return null;
    }

    private int partitions(final TopicLane lane, final Producer<byte[], byte[]> of) {
        creator.ensure(lane.topic(), lane.creation());
        try {
            return of.partitionsFor(lane.topic()).size();
        } catch (final RuntimeException e) {
            if (Refusals.ofTopic(e) instanceof UnknownTopicOrPartitionException) {
                creator.forget(lane.topic());
            }
            throw e;
        }
    }

    /** Whether a producer knows the lane's topic by now, or knows that it is missing. */
    boolean isReady(final TopicLane lane, final Producer<byte[], byte[]> producer) {
        try {
            partitions(lane, producer);
            return true;
        } catch (final RuntimeException e) {
            if (Refusals.breaksProducer(e)) {
                throw e;
            }
            return Refusals.ofTopic(e) != null;
        }
    }

    /** A producer would wait for a partition that a topic doesn't have, and with it all that is behind. */
    static @Nullable Exception missingPartition(final ProducerRecord<byte[], byte[]> record, final int partitions) {
        final Integer wanted = record.partition();
        return wanted == null || wanted < partitions
                ? null
                : new UnknownTopicOrPartitionException(
                        "the topic " + record.topic() + " has no partition " + wanted + ", but " + partitions);
    }
}
