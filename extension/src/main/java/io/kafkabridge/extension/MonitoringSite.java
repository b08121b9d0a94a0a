package io.kafkabridge.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.codahale.metrics.MetricRegistry;

import io.kafkabridge.extension.config.KafkaCluster;
import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.http.Health;
import io.kafkabridge.extension.http.Readiness;
import io.kafkabridge.extension.http.Site;
import io.kafkabridge.extension.prometheus.MetricsPage;

/** What the monitoring server shows of a bridge. */
final class MonitoringSite {

    private MonitoringSite() {}

    static Site of(final Bridge bridge, final MetricRegistry metrics) {
        return new Site(
                Map.of("/health/live", Health.live(), "/health/ready", Health.ready(() -> readiness(bridge))),
                Map.of("/metrics", new MetricsPage(metrics)),
                Map.of());
    }

    private static Readiness readiness(final Bridge bridge) {
        final List<Readiness.Cluster> clusters = new ArrayList<>();
        for (final KafkaCluster cluster : bridge.config().clusters()) {
            final DeliveryStatus status = bridge.status().get(cluster.id());
            if (status != null) {
                final boolean ready = status.spooledBytes() < cluster.spool().maxSize();
                clusters.add(
                        new Readiness.Cluster(cluster.id(), ready, ready ? "room in the spool" : "the spool is full"));
            }
        }
        return new Readiness(clusters);
    }
}
