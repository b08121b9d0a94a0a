package io.kafkabridge.extension.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.extension.monitoring.metrics.RecentProblems;
import io.kafkabridge.extension.monitoring.page.Status.ClusterStatus;
import io.kafkabridge.extension.monitoring.page.Status.MappingStatus;
import io.kafkabridge.extension.monitoring.page.Status.ProblemStatus;
import io.kafkabridge.extension.monitoring.page.Status.RejectedStatus;
import io.kafkabridge.extension.monitoring.page.Status.Times;

/** Puts the status together, from the bridge, its metrics and its history. */
final class StatusBuilder {

    private static final int RATE_SECONDS = 5;
    private static final int TREND_SECONDS = 30;
    private static final int DRAIN_SECONDS = 8;
    private static final int SHORTEST_SECONDS = 2;

    private final BridgeView bridge;
    private final MetricRegistry metrics;
    private final KeptRecords kept;
    private final RecentProblems problems;
    private final History history;

    StatusBuilder(
            final BridgeView bridge,
            final MetricRegistry metrics,
            final KeptRecords kept,
            final RecentProblems problems,
            final History history) {
        this.bridge = bridge;
        this.metrics = metrics;
        this.kept = kept;
        this.problems = problems;
        this.history = history;
    }

    Status build(final Instant now) {
        final BridgeConfig config = bridge.config();
        final Map<String, DeliveryStatus> statuses = bridge.status();
        final List<History.Point> points = history.points();
        final double in = history.rate(RATE_SECONDS, Sample::received);
        return new Status(
                now.toEpochMilli(),
                Verdict.of(bridge.configStatus(), statuses.values(), in > 0, history.rejected()),
                in,
                history.rate(RATE_SECONDS, Sample::forwarded),
                points.isEmpty() ? null : points.get(points.size() - 1),
                clusters(config, statuses, now),
                mappings(config),
                problems.all().stream().map(StatusBuilder::problem).toList(),
                rejected(config));
    }

    private List<ClusterStatus> clusters(
            final BridgeConfig config, final Map<String, DeliveryStatus> statuses, final Instant now) {
        final List<ClusterStatus> all = new ArrayList<>();
        for (final KafkaCluster cluster : config.clusters()) {
            final DeliveryStatus status = statuses.get(cluster.id());
            if (status != null) {
                all.add(cluster(cluster, status, now));
            }
        }
        return all;
    }

    private ClusterStatus cluster(final KafkaCluster cluster, final DeliveryStatus status, final Instant now) {
        final int seconds = (int) Duration.between(status.since(), now).toSeconds();
        final double growth = history.slope(
                Math.max(SHORTEST_SECONDS, Math.min(TREND_SECONDS, seconds)),
                of(cluster, DeliveryStatus::spooledBytes));
        final double leaving = -history.slope(
                Math.max(SHORTEST_SECONDS, Math.min(DRAIN_SECONDS, seconds)),
                of(cluster, DeliveryStatus::spooledRecords));
        return new ClusterStatus(
                cluster.id(),
                cluster.bootstrapServers(),
                ClusterWords.of(status, now, growth, leaving),
                status.cause().isPresent() ? status.cause().get() : null,
                status.inFlightRecords(),
                status.inFlightBytes(),
                status.spooledRecords(),
                status.spooledBytes(),
                status.spoolFreeBytes(),
                status.oldestSpooled().toSeconds(),
                status.drainRate(),
                status.corruptSegments(),
                Times.of(timer(cluster.id(), "kafka-latency")),
                Times.of(timer(cluster.id(), "acknowledgement-time")));
    }

    private static ToLongFunction<Sample> of(final KafkaCluster cluster, final ToLongFunction<DeliveryStatus> number) {
        return sample -> {
            final DeliveryStatus status = sample.clusters().get(cluster.id());
            return status == null ? 0 : number.applyAsLong(status);
        };
    }

    private @Nullable Timer timer(final String cluster, final String name) {
        final Metric metric = metrics.getMetrics().get(ClusterMetrics.name(cluster, name));
        return metric instanceof Timer timer ? timer : null;
    }

    private List<MappingStatus> mappings(final BridgeConfig config) {
        final Map<String, Map<String, Long>> heldBack = Counts.byReason(metrics, "held-back");
        final List<MappingStatus> all = new ArrayList<>();
        for (final Mapping mapping : Sample.shown(config)) {
            all.add(new MappingStatus(
                    mapping.id(),
                    Counts.of(metrics, mapping.id()),
                    history.rate(RATE_SECONDS, of(mapping, Counts::received)),
                    history.rate(RATE_SECONDS, of(mapping, Counts::forwarded)),
                    heldBack.getOrDefault(mapping.id(), Map.of())));
        }
        return all;
    }

    private static ToLongFunction<Sample> of(final Mapping mapping, final ToLongFunction<Counts> number) {
        return sample -> {
            final Counts counts = sample.mappings().get(mapping.id());
            return counts == null ? 0 : number.applyAsLong(counts);
        };
    }

    private static ProblemStatus problem(final RecentProblems.Problem problem) {
        return new ProblemStatus(
                problem.error() ? Level.BAD : Level.WARNING,
                problem.first().toEpochMilli(),
                problem.last().toEpochMilli(),
                problem.count(),
                problem.text());
    }

    private RejectedStatus rejected(final BridgeConfig config) {
        long count = 0;
        for (final Mapping mapping : config.mappings()) {
            count += Counts.of(metrics, mapping.id(), "rejected");
        }
        final Map<String, Long> reasons = new TreeMap<>();
        Counts.byReason(metrics, "rejected-because")
                .values()
                .forEach(each -> each.forEach((reason, number) -> reasons.merge(reason, number, Long::sum)));
        return new RejectedStatus(count, reasons, kept.get());
    }
}
