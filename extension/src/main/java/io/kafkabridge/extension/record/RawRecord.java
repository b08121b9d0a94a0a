package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.model.HeaderSettings.Format;
import io.kafkabridge.extension.model.HeaderSettings.Item;

/**
 * A publish as it came, as a record for a person to look at: what is kept of it when the bridge itself has failed. Runs nothing
 * that a mapping can change.
 */
public final class RawRecord {

    private static final MetadataHeaders HEADERS =
            new MetadataHeaders(Format.MQTT, EnumSet.allOf(Item.class), List.of());

    private RawRecord() {}

    /**
     * The record: the MQTT topic name is its key, the payload its value, and all that MQTT says about it its headers.
     *
     * @param topic the Kafka topic that it was meant for, if that is known; it needn't be a legal one
     */
    public static ProducerRecord<byte[], byte[]> of(final Publish publish, final String topic) {
        final ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                null,
                System.currentTimeMillis(),
                publish.topic().getBytes(StandardCharsets.UTF_8),
                publish.payload());
        HEADERS.write(publish, record.headers());
        return record;
    }
}
