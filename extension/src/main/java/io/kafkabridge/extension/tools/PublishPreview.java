package io.kafkabridge.extension.tools;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.record.HeldBack;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.record.RejectedPublishException;
import io.kafkabridge.extension.routing.Filters;
import io.kafkabridge.extension.routing.Matches;
import io.kafkabridge.extension.routing.TopicTree;

/** Shows what each mapping would make of a publish, with the bridge's own rooms for routing and records. */
final class PublishPreview {

    private final BridgeConfig config;
    private final PrintWriter out;

    PublishPreview(final BridgeConfig config, final PrintWriter out) {
        this.config = config;
        this.out = out;
    }

    void show(final Publish publish) {
        out.println("A publish to " + publish.topic() + " by client "
                + publish.client().id() + ", QoS " + publish.qos() + (publish.retain() ? ", retained" : "") + ":");
        int records = 0;
        for (final Mapping mapping : config.mappings()) {
            out.print("  " + mapping.id() + ": ");
            if (!matches(publish.topic(), new Filters(mapping.topicFilters(), List.of()))) {
                out.println("no topic filter matches");
            } else if (!matches(publish.topic(), new Filters(mapping.topicFilters(), mapping.excepts()))) {
                out.println("held back by " + excepts(publish.topic(), mapping) + " in <except>");
            } else if (show(publish, mapping)) {
                records++;
            }
        }
        out.println("That makes " + Wording.count(records, "record") + ".");
        out.println();
    }

    private static boolean matches(final String topic, final Filters filters) {
        final Matches<String> matches = new Matches<>();
        TopicTree.build(Map.of("mapping", filters)).match(topic, matches);
        return !matches.isEmpty();
    }

    private static TopicFilter excepts(final String topic, final Mapping mapping) {
        return mapping.excepts().stream()
                .filter(except -> matches(topic, new Filters(List.of(except), List.of())))
                .findFirst()
                .orElseThrow();
    }

    /** Shows the record of a mapping that matches; whether it makes one. */
    private boolean show(final Publish publish, final Mapping mapping) {
        final Set<HeldBack> heldBack = EnumSet.noneOf(HeldBack.class);
        try {
            final ProducerRecord<byte[], byte[]> record = new RecordFactory(mapping, heldBack::add).create(publish);
            if (record == null) {
                out.println("held back by its condition on "
                        + heldBack.iterator().next().reason());
                return false;
            }
            out.println("matches, and goes to " + mapping.clusterId());
            new RecordText(out).show(record);
            return true;
        } catch (final RejectedPublishException e) {
            out.println("rejected, and kept on the broker's disk: " + e.getMessage());
            return false;
        }
    }

    /** The Kafka topics of a cluster's mappings that aren't templates. */
    static List<String> constantTopics(final BridgeConfig config, final String clusterId) {
        return config.mappings().stream()
                .filter(mapping -> mapping.clusterId().equals(clusterId))
                .flatMap(mapping -> mapping.kafkaTopic().constant().stream())
                .distinct()
                .toList();
    }
}
