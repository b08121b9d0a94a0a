package io.kafkabridge.extension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.codahale.metrics.MetricRegistry;
import com.sun.net.httpserver.HttpHandler;

import io.kafkabridge.extension.config.KafkaCluster;
import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.http.Health;
import io.kafkabridge.extension.http.Readiness;
import io.kafkabridge.extension.http.Site;
import io.kafkabridge.extension.page.StatusPage;
import io.kafkabridge.extension.prometheus.MetricsPage;

/** What the monitoring server shows of a bridge. */
final class MonitoringSite {

    /** Bytes that the spool writes at a time, at most. */
    private static final long COMMIT = 1L << 20;

    private MonitoringSite() {}

    static Site of(final Bridge bridge, final MetricRegistry metrics, final StatusPage page) {
        final Map<String, HttpHandler> pages = new HashMap<>(page.pages());
        pages.put("/metrics", new MetricsPage(metrics));
        return new Site(
                Map.of("/health/live", Health.live(), "/health/ready", Health.ready(() -> readiness(bridge))),
                pages,
                page.streams());
    }

    private static Readiness readiness(final Bridge bridge) {
        final List<Readiness.Cluster> clusters = new ArrayList<>();
        final Map<String, DeliveryStatus> status = bridge.status();
        for (final KafkaCluster cluster : bridge.config().clusters()) {
            final DeliveryStatus now = status.get(cluster.id());
            if (now != null) {
                clusters.add(readiness(cluster, now));
            }
        }
        return new Readiness(clusters);
    }

    private static Readiness.Cluster readiness(final KafkaCluster cluster, final DeliveryStatus now) {
        final boolean live = now.state() == DeliveryState.LIVE;
        // What is committed together has to fit.
        final boolean room =
                now.spoolFreeBytes() >= Math.min(COMMIT, cluster.spool().maxSize() / 4);
        final String state = now.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Readiness.Cluster(
                cluster.id(),
                live || room,
                live ? state : state + (room ? ", with room in the spool" : ", and no room in the spool"));
    }
}
