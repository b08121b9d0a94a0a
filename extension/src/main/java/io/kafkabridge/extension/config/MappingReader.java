package io.kafkabridge.extension.config;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Reads an {@code <mqtt-to-kafka-mapping>}. */
final class MappingReader {

    private MappingReader() {}

    static @Nullable Mapping read(final Section section, final Set<String> clusterIds, final Set<String> ids) {
        section.allow("id", "cluster-id", "mqtt-topic-filters", "kafka-topic");
        final @Nullable String id = section.required("id", ConfigFile.unique(ids));
        final @Nullable String clusterId = section.required("cluster-id", known(clusterIds));
        final Section filters = section.requiredSection("mqtt-topic-filters").allow("mqtt-topic-filter");
        if (filters.sections("mqtt-topic-filter").isEmpty()) {
            filters.problem("at least one <mqtt-topic-filter> is needed");
        }
        final List<TopicFilter> topicFilters = filters.list("mqtt-topic-filter", TopicFilter::parse);
        final @Nullable String kafkaTopic = section.required("kafka-topic", Values::kafkaTopic);
        if (id == null || clusterId == null || kafkaTopic == null) {
            return null;
        }
        return new Mapping(id, clusterId, topicFilters, kafkaTopic);
    }

    private static Function<String, String> known(final Set<String> clusterIds) {
        return text -> {
            if (!clusterIds.contains(text)) {
                throw new IllegalArgumentException(
                        "no <kafka-cluster> has this id; known: " + String.join(", ", clusterIds));
            }
            return text;
        };
    }
}
