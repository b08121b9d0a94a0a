package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.config.Mapping;

/**
 * Makes the Kafka record of a publish: the key is the MQTT topic name (UTF-8), the value the payload as it came, the
 * timestamp that of the arrival, however long the record waits for Kafka. An empty payload becomes an empty value, not a
 * missing one, which a compacted topic would take for a deletion.
 *
 * <p>Headers let consumers recognize a repeat: client id and packet id, and the DUP flag of a publish that has it.
 */
public final class RecordFactory {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final Header DUP = new RecordHeader("mqtt.dup", TRUE);

    private final String kafkaTopic;

    public RecordFactory(final Mapping mapping) {
        kafkaTopic = mapping.kafkaTopic();
    }

    /**
     * Makes a record. It keeps the payload's array.
     *
     * @return null when a filter of the mapping holds the publish back
     * @throws RejectedPublishException when no record can be made of it
     */
    public @Nullable ProducerRecord<byte[], byte[]> create(final Publish publish) throws RejectedPublishException {
        final ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                kafkaTopic,
                null,
                System.currentTimeMillis(),
                publish.topic().getBytes(StandardCharsets.UTF_8),
                publish.payload());
        final Headers headers = record.headers();
        headers.add(publish.client().idHeader());
        if (publish.packetId() != 0) {
            headers.add(new RecordHeader("mqtt.packet-id", decimal(publish.packetId())));
        }
        if (publish.dup()) {
            headers.add(DUP);
        }
        return record;
    }

    private static byte[] decimal(final int number) {
        return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
