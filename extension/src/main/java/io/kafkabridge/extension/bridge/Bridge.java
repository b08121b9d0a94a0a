package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import com.codahale.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.delivery.KafkaDelivery;
import io.kafkabridge.extension.delivery.spooled.ForgottenSpools;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.intake.Route;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.extension.monitoring.page.BridgeView;
import io.kafkabridge.extension.monitoring.page.ConfigStatus;
import io.kafkabridge.extension.routing.TopicTree;

/**
 * The stations of the way from MQTT to Kafka, put together from a configuration, and anew when that changes: what it doesn't
 * concern goes on as it is.
 */
final class Bridge implements BridgeView {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private static final Duration SPOOL_PATIENCE = Duration.ofSeconds(10);

    private final Path data;
    private final MetricRegistry metrics;
    private final Consumer<TopicTree<Route>> intake;
    private final Map<String, Origin> origins = new ConcurrentHashMap<>();
    private volatile BridgeConfig config =
            new BridgeConfig(List.of(), List.of(), Optional.empty(), Set.of(), List.of());
    private volatile ConfigStatus configStatus = ConfigStatus.IN_FORCE;
    private volatile Map<String, KafkaDelivery> deliveries = Map.of();
    private RouteTable routes = RouteTable.EMPTY;

    /**
     * Makes a bridge that forwards nothing yet.
     *
     * @param data its folder in HiveMQ's data folder
     * @param intake takes the routes of publishes; from then on, all of them go there
     */
    Bridge(final Path data, final MetricRegistry metrics, final Consumer<TopicTree<Route>> intake) {
        this.data = data;
        this.metrics = metrics;
        this.intake = intake;
    }

    /**
     * Puts a configuration into force: new publishes go where it says, at once and all of them. A cluster that it changes or
     * drops sends what is under way first, within its shutdown timeout. Returns when that is done.
     */
    synchronized void apply(final BridgeConfig next) throws InterruptedException {
        final Map<String, KafkaDelivery> before = deliveries;
        final Map<String, KafkaDelivery> after = new LinkedHashMap<>();
        boolean started = false;
        try {
            next.clusters().forEach(cluster -> after.put(cluster.id(), delivery(cluster, before.get(cluster.id()))));
            next.mappings().forEach(mapping -> origins.put(mapping.id(), origin(mapping)));
            after.forEach((id, delivery) -> {
                delivery.expect(topics(next, id));
                if (!before.containsValue(delivery)) {
                    delivery.start();
                }
            });
            started = true;
        } finally {
            if (!started) {
                after.values().removeAll(before.values());
                after.values().forEach(KafkaDelivery::stop);
            }
        }

        routes = routes.next(next.mappings(), after, origins);
        config = next;
        deliveries = Map.copyOf(after);
        intake.accept(routes.tree());

        final List<KafkaDelivery> replaced = new ArrayList<>(before.values());
        replaced.removeAll(after.values());
        stop(replaced);
        adjustMetrics(before.keySet());
        ForgottenSpools.tell(data, after.keySet());
    }

    private KafkaDelivery delivery(final KafkaCluster cluster, final @Nullable KafkaDelivery before) {
        return before != null && config.clusters().contains(cluster)
                ? before
                : new KafkaDelivery(cluster, origins, data, new ClusterMetrics(metrics, cluster.id()), before);
    }

    private Origin origin(final Mapping mapping) {
        return new Origin(mapping.id(), new MappingMetrics(metrics, mapping.id()), mapping.topicCreation());
    }

    private static Map<String, Optional<TopicCreation>> topics(final BridgeConfig config, final String clusterId) {
        final Map<String, Optional<TopicCreation>> topics = new LinkedHashMap<>();
        config.mappings().stream()
                .filter(mapping -> mapping.clusterId().equals(clusterId))
                .forEach(mapping -> mapping.kafkaTopic()
                        .constant()
                        .ifPresent(topic -> topics.putIfAbsent(topic, mapping.topicCreation())));
        return topics;
    }

    private void adjustMetrics(final Set<String> clustersBefore) {
        for (final String id : clustersBefore) {
            if (!deliveries.containsKey(id)) {
                ClusterMetrics.remove(metrics, id);
            }
        }
        for (final String id : deliveries.keySet()) {
            if (!clustersBefore.contains(id)) {
                ClusterGauges.register(metrics, id, () -> status(id));
            }
        }
        for (final String id : List.copyOf(origins.keySet())) {
            if (!routes.serves(id)) {
                origins.remove(id);
                MappingMetrics.remove(metrics, id);
            }
        }
    }

    private Optional<DeliveryStatus> status(final String clusterId) {
        return Optional.ofNullable(deliveries.get(clusterId)).map(KafkaDelivery::status);
    }

    /** How the way to each cluster is, in the order of the configuration. */
    @Override
    public Map<String, DeliveryStatus> status() {
        final Map<String, DeliveryStatus> all = new LinkedHashMap<>();
        config.clusters().forEach(cluster -> status(cluster.id()).ifPresent(status -> all.put(cluster.id(), status)));
        return all;
    }

    @Override
    public BridgeConfig config() {
        return config;
    }

    @Override
    public ConfigStatus configStatus() {
        return configStatus;
    }

    /** Tells whether its configuration is the file's. */
    void tell(final ConfigStatus status) {
        configStatus = status;
    }

    /** How long an acknowledgement may wait at most: Kafka has its time, then the spool. */
    Duration patience() {
        return config.clusters().stream()
                .map(cluster -> max(cluster.deliveryTimeout(), cluster.missingTopicTimeout()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(SPOOL_PATIENCE);
    }

    private static Duration max(final Duration one, final Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Stops, once what is under way was sent: each cluster within its shutdown timeout, all at the same time. */
    void stop() {
        try {
            stop(List.copyOf(deliveries.values()));
        } catch (final InterruptedException e) {
            LOG.warn(
                    "HiveMQ stops without waiting for what is under way to Kafka. Clients send again what isn't acknowledged.");
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(final List<KafkaDelivery> all) throws InterruptedException {
        all.forEach(KafkaDelivery::stop);
        for (final KafkaDelivery delivery : all) {
            delivery.awaitStopped();
        }
    }
}
