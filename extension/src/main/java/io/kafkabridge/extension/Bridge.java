package io.kafkabridge.extension;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.codahale.metrics.MetricRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.config.BridgeConfig;
import io.kafkabridge.extension.config.KafkaCluster;
import io.kafkabridge.extension.config.Mapping;
import io.kafkabridge.extension.config.TopicFilter;
import io.kafkabridge.extension.delivery.ForgottenSpools;
import io.kafkabridge.extension.delivery.KafkaDelivery;
import io.kafkabridge.extension.delivery.Origin;
import io.kafkabridge.extension.intake.Route;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.routing.TopicTree;
import io.kafkabridge.extension.status.ClusterMetrics;
import io.kafkabridge.extension.status.MappingMetrics;

/** The stations of the way from MQTT to Kafka, put together from a configuration. */
final class Bridge {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private static final Duration SPOOL_PATIENCE = Duration.ofSeconds(10);

    private final BridgeConfig config;
    private final Path data;
    private final Map<String, KafkaDelivery> deliveries = new LinkedHashMap<>();
    private final TopicTree<Route> routes;

    Bridge(final BridgeConfig config, final Path data, final MetricRegistry metrics) {
        this.config = config;
        this.data = data;
        final Map<String, Origin> origins = new LinkedHashMap<>();
        for (final Mapping mapping : config.mappings()) {
            origins.put(
                    mapping.id(),
                    new Origin(mapping.id(), new MappingMetrics(metrics, mapping.id()), Optional.empty()));
        }
        for (final KafkaCluster cluster : config.clusters()) {
            final List<String> topics = config.mappings().stream()
                    .filter(mapping -> mapping.clusterId().equals(cluster.id()))
                    .map(Mapping::kafkaTopic)
                    .toList();
            final KafkaDelivery delivery = new KafkaDelivery(cluster, topics, origins, data);
            deliveries.put(cluster.id(), delivery);
            ClusterMetrics.gauge(metrics, cluster.id(), "in-flight-bytes", delivery::inFlight);
            ClusterMetrics.gauge(metrics, cluster.id(), "spool-records", delivery::spooledRecords);
            ClusterMetrics.gauge(metrics, cluster.id(), "spool-bytes", delivery::spooledBytes);
            ClusterMetrics.gauge(metrics, cluster.id(), "spool-corrupt-segments", delivery::corruptSegments);
        }
        final Map<Route, List<TopicFilter>> filters = new LinkedHashMap<>();
        for (final Mapping mapping : config.mappings()) {
            filters.put(
                    new Route(
                            new RecordFactory(mapping),
                            Objects.requireNonNull(deliveries.get(mapping.clusterId())),
                            Objects.requireNonNull(origins.get(mapping.id()))),
                    mapping.topicFilters());
        }
        routes = TopicTree.build(filters);
    }

    TopicTree<Route> routes() {
        return routes;
    }

    /** How long an acknowledgement may wait at most: Kafka has its time, then the spool. */
    Duration patience() {
        return config.clusters().stream()
                .map(cluster -> max(cluster.deliveryTimeout(), cluster.missingTopicTimeout()))
                .max(Duration::compareTo)
                .orElseThrow()
                .plus(SPOOL_PATIENCE);
    }

    private static Duration max(final Duration one, final Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    void start() {
        ForgottenSpools.tell(data, deliveries.keySet());
        deliveries.values().forEach(KafkaDelivery::start);
    }

    /** Stops, once what is under way was sent: each cluster within its shutdown timeout, all at the same time. */
    void stop() {
        deliveries.values().forEach(KafkaDelivery::stop);
        try {
            for (final KafkaDelivery delivery : deliveries.values()) {
                delivery.awaitStopped();
            }
        } catch (final InterruptedException e) {
            LOG.warn("HiveMQ stops without waiting for what is under way to Kafka.");
            Thread.currentThread().interrupt();
        }
    }
}
