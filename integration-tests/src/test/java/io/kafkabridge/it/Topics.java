package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import io.kafkabridge.stack.Kafka;

/** What is in Kafka. */
final class Topics {

    private static final Duration POLL = Duration.ofMillis(100);

    private Topics() {}

    /** All records of a topic, partition by partition in order of their offsets. */
    static List<ConsumerRecord<byte[], byte[]>> read(final Kafka kafka, final String topic) {
        final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        forEach(kafka, topic, records::add);
        return records;
    }

    /** Hands over all records of a topic, those of one partition in order of their offsets. */
    static void forEach(final Kafka kafka, final String topic, final Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        forEach(kafka, List.of(topic), reader);
    }

    private static void forEach(
            final Kafka kafka, final Collection<String> topics, final Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        final Map<String, Object> settings = new HashMap<>(kafka.adminProperties());
        settings.put("fetch.max.wait.ms", 10); // Else close() waits for the latest, idle fetch.
        settings.put("allow.auto.create.topics", false); // Who looks for a topic must not create it.
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            final List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }

    /** How many records were ever written to a topic of one partition. */
    static long size(final Admin admin, final String topic) {
        final TopicPartition partition = new TopicPartition(topic, 0);
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (final ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Can't look into " + topic, e);
        }
    }

    /** The values of a topic as text, in order. */
    static List<String> values(final Kafka kafka, final String topic) {
        return read(kafka, topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The values of some topics as text, in order, by topic. */
    static Map<String, List<String>> values(final Kafka kafka, final Collection<String> topics) {
        final Map<String, List<String>> values = new HashMap<>();
        topics.forEach(topic -> values.put(topic, new ArrayList<>()));
        forEach(kafka, topics, record -> values.getOrDefault(record.topic(), new ArrayList<>())
                .add(new String(record.value(), StandardCharsets.UTF_8)));
        return values;
    }

    /** The keys of a topic as text, in order. */
    static List<String> keys(final Kafka kafka, final String topic) {
        return read(kafka, topic).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }
}
