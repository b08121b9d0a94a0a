package io.kafkabridge.extension.monitoring.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.record.BinaryText;
import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.record.MqttProperties;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.record.RejectedPublishException;
import io.kafkabridge.extension.routing.Filters;
import io.kafkabridge.extension.routing.Matches;
import io.kafkabridge.extension.routing.TopicTree;

/**
 * What a mapping does, shown by a publish that it would forward: one to a topic made up after its filters, run through the
 * bridge's own rooms for routing and records. Without a payload, so a mapping's conditions don't count.
 *
 * @param mqttTopic the topic
 * @param kafkaTopic the record's topic
 * @param key the record's key; null when it has none that is text
 */
record MappingExample(
        String mqttTopic, String kafkaTopic, @Nullable String key) {

    private static final List<String> NAMES = List.of("7", "a", "x1", "demo", "other");
    private static final MqttClient CLIENT = new MqttClient("client-1", "user-1");

    /** An example for a mapping; empty when no topic was found that it forwards. */
    static Optional<MappingExample> of(final Mapping mapping) {
        final TopicTree<String> tree =
                TopicTree.build(Map.of("mapping", new Filters(mapping.topicFilters(), mapping.excepts())));
        final Matches<String> matches = new Matches<>();
        final RecordFactory records = new RecordFactory(mapping.withoutConditions(), heldBack -> {});
        for (final TopicFilter filter : mapping.topicFilters()) {
            for (final String name : NAMES) {
                final String topic = topic(filter, name);
                tree.match(topic, matches);
                final Optional<MappingExample> example = matches.isEmpty() ? Optional.empty() : example(topic, records);
                if (example.isPresent()) {
                    return example;
                }
            }
        }
        return Optional.empty();
    }

    private static String topic(final TopicFilter filter, final String name) {
        final List<String> levels = new ArrayList<>();
        for (final String level : filter.levels()) {
            if (level.equals("#")) {
                levels.add(name);
                levels.add("temp");
            } else {
                levels.add(level.equals("+") ? name : level);
            }
        }
        return String.join("/", levels);
    }

    private static Optional<MappingExample> example(final String topic, final RecordFactory records) {
        try {
            final ProducerRecord<byte[], byte[]> record =
                    records.create(new Publish(topic, new byte[0], 1, false, false, 1, CLIENT, MqttProperties.NONE));
            return Optional.ofNullable(record)
                    .map(made -> new MappingExample(
                            topic, made.topic(), made.key() == null ? null : BinaryText.utf8(made.key())));
        } catch (final RejectedPublishException e) {
            return Optional.empty();
        }
    }
}
