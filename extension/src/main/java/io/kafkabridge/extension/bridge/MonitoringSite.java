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
                Map.of(
                        "/health/live",
                        Health.live(() -> stuck(bridge.status())),
                        "/health/ready",
                        Health.ready(() -> readiness(bridge.configStatus().text(), bridge.status()))),
                pages,
                page.streams());
    }

    /** The clusters whose records don't move any more until HiveMQ is started again. */
    static List<String> stuck(final Map<String, DeliveryStatus> statuses) {
        return statuses.entrySet().stream()
                .filter(each -> each.getValue().state() == DeliveryState.STUCK)
                .map(Map.Entry::getKey)
                .toList();
    }

    static Readiness readiness(final String configuration, final Map<String, DeliveryStatus> statuses) {
        final List<Readiness.Cluster> clusters = new ArrayList<>();
        statuses.forEach((id, now) -> clusters.add(readiness(id, now)));
        return new Readiness(configuration, clusters);
    }

    private static Readiness.Cluster readiness(final String clusterId, final DeliveryStatus now) {
        if (now.state() == DeliveryState.STUCK) {
            return new Readiness.Cluster(clusterId, false, "stuck, restart HiveMQ");
        }
        final boolean live = now.state() == DeliveryState.LIVE;
        final boolean room = now.spoolHasRoom();
        final String state = now.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Readiness.Cluster(
                clusterId,
                live || room,
                live ? state : state + (room ? ", with room in the spool" : ", and no room in the spool"));
    }
}
