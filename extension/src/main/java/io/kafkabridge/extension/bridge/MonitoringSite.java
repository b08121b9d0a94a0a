package io.kafkabridge.extension.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.codahale.metrics.MetricRegistry;
import com.sun.net.httpserver.HttpHandler;

import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.monitoring.http.Health;
import io.kafkabridge.extension.monitoring.http.Readiness;
import io.kafkabridge.extension.monitoring.http.Site;
import io.kafkabridge.extension.monitoring.page.StatusPage;
import io.kafkabridge.extension.monitoring.prometheus.MetricsPage;

/** What the monitoring server shows of a bridge. */
final class MonitoringSite {

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
        bridge.status().forEach((id, now) -> clusters.add(readiness(id, now)));
        return new Readiness(bridge.configStatus().text(), clusters);
    }

    private static Readiness.Cluster readiness(final String clusterId, final DeliveryStatus now) {
        final boolean live = now.state() == DeliveryState.LIVE;
        final boolean room = now.spoolHasRoom();
        final String state = now.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Readiness.Cluster(
                clusterId,
                live || room,
                live ? state : state + (room ? ", with room in the spool" : ", and no room in the spool"));
    }
}
