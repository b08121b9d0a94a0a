package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.config.Mapping;

/**
 * Makes the Kafka record of a publish: the key is the MQTT topic name (UTF-8), the value the payload as it came. An empty
 * payload becomes an empty value, not a missing one, which a compacted topic would take for a deletion.
 */
public final class RecordFactory {

    private final String kafkaTopic;

    public RecordFactory(final Mapping mapping) {
        kafkaTopic = mapping.kafkaTopic();
    }

    /**
     * Makes a record.
     *
     * @param topic the MQTT topic name
     * @param payload the payload; the record keeps the array, it must not change any more
     */
    public ProducerRecord<byte[], byte[]> create(final String topic, final byte[] payload) {
        return new ProducerRecord<>(kafkaTopic, topic.getBytes(StandardCharsets.UTF_8), payload);
    }
}
