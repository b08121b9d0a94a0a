package io.kafkabridge.extension.record;

import java.util.function.Consumer;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Mapping;

/**
 * Makes the Kafka records of a mapping's publishes. By default the key is the MQTT topic name (UTF-8), the value the payload as
 * it came, the timestamp that of the arrival, however long the record waits for Kafka. An empty payload becomes an empty value,
 * not a missing one, which a compacted topic would take for a deletion. Thread-safe.
 */
public final class RecordFactory {

    private final Gate gate;
    private final Consumer<HeldBack> onHeldBack;
    private final @Nullable JsonRules json;
    private final KafkaTopics topics;
    private final Partitions partitions;
    private final Timestamps timestamps;
    private final Keys keys;
    private final HeaderWriter headers;

    /**
     * Makes the records of a mapping.
     *
     * @param onHeldBack told about each publish that isn't forwarded, on the publish's thread
     */
    public RecordFactory(final Mapping mapping, final Consumer<HeldBack> onHeldBack) {
        this.onHeldBack = onHeldBack;
        gate = new Gate(mapping.filter());
        json = mapping.json().map(JsonRules::new).orElse(null);
        topics = new KafkaTopics(mapping.kafkaTopic());
        partitions = new Partitions(mapping.partition());
        timestamps = new Timestamps(mapping.timestampProperty());
        keys = Keys.of(mapping.key());
        headers = new HeaderWriter(mapping.headers());
    }

    /**
     * Makes a record. It keeps the payload's array, unless the mapping reshapes payloads.
     *
     * @return null when a filter of the mapping holds the publish back
     * @throws RejectedPublishException when no record can be made of it
     */
    public @Nullable ProducerRecord<byte[], byte[]> create(final Publish publish) throws RejectedPublishException {
        final HeldBack heldBack = gate.holdsBack(publish);
        if (heldBack != null) {
            onHeldBack.accept(heldBack);
            return null;
        }
        try {
            final byte[] value = json == null ? publish.payload() : json.apply(publish);
            if (value == null) {
                onHeldBack.accept(HeldBack.CONDITION);
                return null;
            }
            return record(publish, topics.of(publish), partitions.of(publish), value);
        } catch (final UnfitException e) {
            throw new RejectedPublishException(
                    e.reason(), record(publish, topics.rendered(publish), null, publish.payload()));
        }
    }

    /**
     * The publish as it came, to be kept for a person when {@link #create} has met an error: its payload, with all that MQTT says
     * about it as headers. Asks the mapping for the Kafka topic only, and does without when that breaks, too.
     */
    public ProducerRecord<byte[], byte[]> raw(final Publish publish) {
        String topic = publish.topic();
        try {
            topic = topics.rendered(publish);
        } catch (final RuntimeException | Error e) {
            // It may be what has broken the record; the MQTT topic says where it came from.
        }
        return RawRecord.of(publish, topic);
    }

    private ProducerRecord<byte[], byte[]> record(
            final Publish publish, final String topic, final @Nullable Integer partition, final byte[] value) {
        final ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, timestamps.of(publish), keys.of(publish), value);
        headers.write(publish, record);
        return record;
    }
}
