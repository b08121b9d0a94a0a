package io.kafkabridge.extension.bridge;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.KafkaDelivery;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.intake.Route;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.extension.record.HeldBack;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.routing.Filters;
import io.kafkabridge.extension.routing.TopicTree;

/**
 * The routes of a configuration's mappings. Immutable.
 *
 * @param byMapping each mapping with its route
 */
record RouteTable(Map<Mapping, Route> byMapping) {

    static final RouteTable EMPTY = new RouteTable(Map.of());

    /**
     * The table of the next configuration. A mapping that is the same keeps what makes its records, and with it the Kafka topics
     * that its template has named.
     *
     * @param mappings all mappings
     * @param deliveries the clusters, by their ids
     * @param origins the mappings as the deliveries know them, by their ids
     */
    RouteTable next(
            final List<Mapping> mappings,
            final Map<String, KafkaDelivery> deliveries,
            final Map<String, Origin> origins) {
        final Map<Mapping, Route> next = new LinkedHashMap<>();
        for (final Mapping mapping : mappings) {
            final KafkaDelivery delivery = Objects.requireNonNull(deliveries.get(mapping.clusterId()));
            final Origin origin = Objects.requireNonNull(origins.get(mapping.id()));
            final @Nullable Route before = byMapping.get(mapping);
            final RecordFactory records = before != null ? before.records() : records(mapping, origin.metrics());
            next.put(mapping, new Route(records, delivery, origin, mapping.lastWills()));
        }
        return new RouteTable(next);
    }

    private static RecordFactory records(final Mapping mapping, final MappingMetrics metrics) {
        final Runnable onTimestampReplaced = mapping.timestamp().isPresent() ? metrics.timestampReplaced() : () -> {};
        return new RecordFactory(mapping, heldBack(mapping, metrics), onTimestampReplaced);
    }

    private static Consumer<HeldBack> heldBack(final Mapping mapping, final MappingMetrics metrics) {
        final Map<HeldBack, Runnable> counters = new EnumMap<>(HeldBack.class);
        HeldBack.of(mapping).forEach(condition -> counters.put(condition, metrics.heldBack(condition.reason())));
        return condition -> Objects.requireNonNull(counters.get(condition)).run();
    }

    TopicTree<Route> tree() {
        final Map<Route, Filters> filters = new LinkedHashMap<>();
        byMapping.forEach(
                (mapping, route) -> filters.put(route, new Filters(mapping.topicFilters(), mapping.excepts())));
        return TopicTree.build(filters);
    }

    /** Whether there is a mapping of that id. */
    boolean serves(final String mappingId) {
        return byMapping.keySet().stream().anyMatch(mapping -> mapping.id().equals(mappingId));
    }
}
