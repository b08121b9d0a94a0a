package io.kafkabridge.extension.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka topics that aren't there for us, by Kafka's own word: they don't exist and aren't created, or this user may not
 * write to them; and those that lack a partition which a record names. When that lasts, their records are rejected. For the
 * delivery's thread.
 */
public final class MissingTopics {

    /** For the producer to ask whether the topic has got more partitions; it does that when it refuses. */
    private static final long PARTITION_GRACE = Duration.ofMillis(500).toNanos();

    /** After that, the topic may have got more partitions since it was asked about. */
    private static final long PARTITION_FORGET = Duration.ofSeconds(10).toNanos();

    /**
     * Kafka said that a topic is missing.
     *
     * @param since since when
     * @param isLatest whether that was the last thing it said: since then it may have gone away itself
     */
    private record Missing(long since, boolean isLatest) {}

    /** A partition was found to be missing, first and last then. */
    private record Lacking(long first, long last) {}

    private final Map<String, Missing> missing = new HashMap<>();
    private final Map<String, Lacking> lacking = new HashMap<>();
    private final long limitNanos;
    private final LongSupplier clock;

    /**
     * None yet.
     *
     * @param limit how long a topic may be missing before its records are rejected
     * @param clock {@link System#nanoTime}
     */
    public MissingTopics(final Duration limit, final LongSupplier clock) {
        limitNanos = limit.toNanos();
        this.clock = clock;
    }

    /** Notes why a producer didn't take a record of the topic; null: it knows the topic. */
    public void note(final String topic, final @Nullable Exception refusal) {
        if (refusal == null) {
            missing.remove(topic);
        } else if (ofTopic(refusal) != null) {
            missing.merge(
                    topic,
                    new Missing(clock.getAsLong(), true),
                    (before, now) -> before.isLatest() ? before : new Missing(before.since(), true));
        } else {
            missing.computeIfPresent(topic, (name, before) -> new Missing(before.since(), false));
        }
    }

    /** Notes that a record came back, since its topic is missing. */
    public void noteMissing(final String topic, final Exception error) {
        note(topic, new TimeoutException(error.getMessage(), error));
    }

    /**
     * What Kafka says about a topic, when a producer doesn't know it.
     *
     * @return null when it says nothing, and time has passed
     */
    static @Nullable Exception ofTopic(final Exception refusal) {
        // A producer keeps an illegal name in mind, and throws without asking again.
        return KafkaErrors.concernsRecord(refusal) ? refusal : KafkaErrors.ofTopic(refusal);
    }

    /** Whether Kafka said last that the topic is missing. */
    public boolean contains(final String topic) {
        final Missing known = missing.get(topic);
        return known != null && known.isLatest();
    }

    /**
     * Notes a refusal, and tells whether it is final.
     *
     * @return the topic's error, once Kafka has said for as long as we wait that the topic is missing, and says so now; or null
     */
    @Nullable
    Exception giveUp(final String topic, final Exception refusal) {
        note(topic, refusal);
        final Exception ofTopic = ofTopic(refusal);
        final Missing known = missing.get(topic);
        return ofTopic != null && known != null && clock.getAsLong() - known.since() >= limitNanos ? ofTopic : null;
    }

    /**
     * Tells whether a record that a producer refused names a partition which its topic doesn't have. A producer refuses it as if
     * it waited for metadata, which would hold up all behind it.
     *
     * @return why it will never be taken; null when that isn't known, or it isn't about the partition
     */
    @Nullable
    Exception giveUpPartition(final ProducerRecord<byte[], byte[]> record, final KafkaSender sender) {
        final Integer partition = record.partition();
        if (partition == null) {
            return null;
        }
        final int count;
        try {
            count = sender.partitions(record.topic());
        } catch (final RuntimeException e) {
            return null; // The topic's metadata isn't there.
        }
        if (partition < count) {
            return null;
        }
        final long now = clock.getAsLong();
        final Lacking before = lacking.get(record.topic());
        final long first = before == null || now - before.last() > PARTITION_FORGET ? now : before.first();
        lacking.put(record.topic(), new Lacking(first, now));
        return now - first < PARTITION_GRACE
                ? null
                : new InvalidRecordException("Kafka topic " + record.topic() + " has no partition " + partition
                        + "; its last is " + (count - 1));
    }
}
