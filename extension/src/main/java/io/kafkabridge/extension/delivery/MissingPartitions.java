package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.jspecify.annotations.Nullable;

/**
 * Records that name a partition which their Kafka topic doesn't have. A producer refuses them as if it waited for metadata,
 * which would hold up all behind them. For the delivery's thread.
 */
final class MissingPartitions {

    /** For the producer to ask whether the topic has got more partitions; it does that when it refuses. */
    private static final long GRACE = Duration.ofMillis(500).toNanos();

    /** After that, the topic may have got more since it was asked about. */
    private static final long FORGET = Duration.ofSeconds(10).toNanos();

    private record Sighting(long first, long last) {}

    private final Map<String, Sighting> byTopic = new HashMap<>();

    /**
     * Tells whether a record that a producer refused will never be taken.
     *
     * @return why; null when that isn't known, or it isn't about the partition
     */
    @Nullable
    Exception giveUp(final ProducerRecord<byte[], byte[]> record, final Producer<byte[], byte[]> producer) {
        final Integer partition = record.partition();
        if (partition == null) {
            return null;
        }
        final int count;
        try {
            count = producer.partitionsFor(record.topic()).size();
        } catch (final RuntimeException e) {
            return null; // The topic's metadata isn't there.
        }
        if (partition < count) {
            return null;
        }
        final long now = System.nanoTime();
        final Sighting before = byTopic.get(record.topic());
        final long first = before == null || now - before.last() > FORGET ? now : before.first();
        byTopic.put(record.topic(), new Sighting(first, now));
        return now - first < GRACE
                ? null
                : new InvalidRecordException("Kafka topic " + record.topic() + " has no partition " + partition
                        + "; its last is " + (count - 1));
    }
}
