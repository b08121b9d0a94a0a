package io.kafkabridge.extension;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.codahale.metrics.MetricRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.config.BridgeConfig;
import io.kafkabridge.extension.config.KafkaCluster;
import io.kafkabridge.extension.config.Mapping;
import io.kafkabridge.extension.config.TopicFilter;
import io.kafkabridge.extension.delivery.KafkaDelivery;
import io.kafkabridge.extension.intake.Route;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.routing.TopicTree;
import io.kafkabridge.extension.status.MappingMetrics;

/** The stations of the way from MQTT to Kafka, put together from a configuration. */
final class Bridge {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final BridgeConfig config;
    private final Map<String, KafkaDelivery> deliveries = new LinkedHashMap<>();
    private final TopicTree<Route> routes;

    Bridge(final BridgeConfig config, final Path data, final MetricRegistry metrics) {
        this.config = config;
        for (final KafkaCluster cluster : config.clusters()) {
            final List<String> topics = config.mappings().stream()
                    .filter(mapping -> mapping.clusterId().equals(cluster.id()))
                    .map(Mapping::kafkaTopic)
                    .toList();
            deliveries.put(cluster.id(), new KafkaDelivery(cluster, topics, data));
        }
        final Map<Route, List<TopicFilter>> filters = new LinkedHashMap<>();
        for (final Mapping mapping : config.mappings()) {
            final KafkaDelivery delivery = Objects.requireNonNull(deliveries.get(mapping.clusterId()));
            filters.put(
                    new Route(new RecordFactory(mapping), delivery, new MappingMetrics(metrics, mapping.id())),
                    mapping.topicFilters());
        }
        routes = TopicTree.build(filters);
    }

    TopicTree<Route> routes() {
        return routes;
    }

    /** How long an acknowledgement may wait: the longest delivery timeout of all clusters. */
    Duration deliveryTimeout() {
        return config.clusters().stream()
                .map(KafkaCluster::deliveryTimeout)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    void start() {
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
