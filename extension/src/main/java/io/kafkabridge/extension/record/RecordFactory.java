package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.model.PublishFilter;
import io.kafkabridge.extension.model.Template;
import io.kafkabridge.extension.model.Template.Field;
import io.kafkabridge.extension.payload.JsonRules;
import io.kafkabridge.extension.payload.UnfitException;

/**
 * Makes the Kafka records of a mapping's publishes. By default the key is the MQTT topic name (UTF-8), the value the payload as
 * it came, the timestamp that of the arrival, however long the record waits for Kafka. An empty payload becomes an empty value,
 * not a missing one, which a compacted topic would take for a deletion. Thread-safe.
 */
public final class RecordFactory {

    private final PublishFilter filter;
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
     * @param onTimestampReplaced told about each record that gets the time of its arrival since its user property is no time
     *     that Kafka should get, on the publish's thread
     */
    public RecordFactory(
            final Mapping mapping, final Consumer<HeldBack> onHeldBack, final Runnable onTimestampReplaced) {
        this.onHeldBack = onHeldBack;
        filter = mapping.filter();
        json = mapping.json().map(JsonRules::new).orElse(null);
        topics = new KafkaTopics(mapping.kafkaTopic());
        partitions = new Partitions(mapping.partition());
        timestamps = new Timestamps(mapping.id(), mapping.timestamp(), onTimestampReplaced);
        keys = Keys.of(mapping.key());
        headers = new HeaderWriter(mapping.headers(), mapping.rejectExpired());
    }

    /** Makes the records of a mapping for somebody who only looks at them. */
    public RecordFactory(final Mapping mapping, final Consumer<HeldBack> onHeldBack) {
        this(mapping, onHeldBack, () -> {});
    }

    /**
     * Makes a record. It keeps the payload's array, unless the mapping reshapes payloads.
     *
     * @return null when a filter of the mapping holds the publish back
     * @throws RejectedPublishException when no record can be made of it
     */
    public @Nullable ProducerRecord<byte[], byte[]> create(final Publish publish) throws RejectedPublishException {
        final HeldBack heldBack = HeldBack.by(filter, publish);
        if (heldBack != null) {
            onHeldBack.accept(heldBack);
            return null;
        }
        try {
            final byte[] value = json == null ? publish.payload() : json.apply(publish.payload(), publish);
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
        final long arrival = System.currentTimeMillis();
        final ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, timestamps.of(publish, arrival), keys.of(publish), value);
        headers.write(publish, arrival, record);
        return record;
    }

    /** The keys of a mapping's records. Thread-safe. */
    @FunctionalInterface
    private interface Keys {

        /** The key of a publish's record; null for none. Nobody changes it. */
        byte @Nullable [] of(Publish publish);

        /**
         * The keys that a template makes, in UTF-8. Correlation data alone are the bytes as they are.
         *
         * @param template empty: no keys
         */
        static Keys of(final Optional<Template> template) {
            if (template.isEmpty()) {
                return publish -> null;
            }
            final PublishText text = PublishText.compile(template.get());
            final Optional<String> constant = template.get().constant();
            if (constant.isPresent()) {
                final byte[] key = constant.get().getBytes(StandardCharsets.UTF_8);
                return publish -> key;
            }
            if (template.get().isOnly(Field.CORRELATION_DATA)) {
                return publish -> {
                    final byte[] data = publish.properties().correlationData();
                    return data != null ? data : bytes(text, publish);
                };
            }
            return publish -> bytes(text, publish);
        }

        private static byte[] bytes(final PublishText text, final Publish publish) {
            return Objects.requireNonNull(text.of(publish)).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The partitions of a mapping's records. Thread-safe. */
    private static final class Partitions {

        private static final int MAX_DIGITS = 9;

        private final @Nullable PublishText number;

        Partitions(final Optional<Template> template) {
            number = template.map(PublishText::compile).orElse(null);
        }

        /**
         * The partition of a publish; null where Kafka's partitioner chooses.
         *
         * @throws UnfitException when it isn't a number from 0
         */
        @Nullable
        Integer of(final Publish publish) throws UnfitException {
            if (number == null) {
                return null;
            }
            final String text = Objects.requireNonNull(number.of(publish));
            boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
            for (int i = 0; digits && i < text.length(); i++) {
                digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            }
            if (!digits) {
                throw new UnfitException("the partition comes out as \"" + text + "\", which isn't a number from 0");
            }
            return Integer.valueOf(text);
        }
    }
}
