package io.kafkabridge.extension.monitoring.metrics;

import java.util.function.Supplier;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;

/** What happens on the way to one Kafka cluster, in HiveMQ's metric registry. Thread-safe; counting doesn't block. */
public final class ClusterMetrics {

    private static final String PREFIX = "io.kafkabridge.cluster";

    private final LatencyTimer kafkaLatency;
    private final LatencyTimer acknowledgementTime;
    private final Counter outages;
    private final Counter reconnects;
    private final Counter disconnects;

    /**
     * Registers the timers {@code io.kafkabridge.cluster.<id>.kafka-latency, acknowledgement-time} and the counters
     * {@code outages, reconnects, disconnects}, or takes those that are there.
     *
     * @param registry HiveMQ's metric registry
     * @param clusterId the cluster's id
     */
    public ClusterMetrics(final MetricRegistry registry, final String clusterId) {
        kafkaLatency = timer(registry, clusterId, "kafka-latency");
        acknowledgementTime = timer(registry, clusterId, "acknowledgement-time");
        outages = registry.counter(name(clusterId, "outages"));
        reconnects = registry.counter(name(clusterId, "reconnects"));
        disconnects = registry.counter(name(clusterId, "disconnects"));
    }

    /** The name of a cluster's metric in the registry. */
    public static String name(final String clusterId, final String metric) {
        return MetricRegistry.name(PREFIX, clusterId, metric);
    }

    private static LatencyTimer timer(final MetricRegistry registry, final String clusterId, final String name) {
        return (LatencyTimer) registry.timer(name(clusterId, name), LatencyTimer::new);
    }

    /**
     * Registers a gauge {@code io.kafkabridge.cluster.<id>.<name>}, in place of an earlier one of that name.
     *
     * @param registry HiveMQ's metric registry
     */
    public static void gauge(
            final MetricRegistry registry,
            final String clusterId,
            final String name,
            final Supplier<? extends Number> value) {
        final String fullName = name(clusterId, name);
        registry.remove(fullName);
        registry.registerGauge(fullName, (Gauge<Number>) value::get);
    }

    /** Removes all metrics of a cluster. */
    public static void remove(final MetricRegistry registry, final String clusterId) {
        final String start = MetricRegistry.name(PREFIX, clusterId) + ".";
        // An id may hold dots; the metrics' own names don't.
        registry.removeMatching((name, metric) -> name.startsWith(start) && name.indexOf('.', start.length()) < 0);
    }

    /** How long Kafka takes: from handing a record to the producer until all in-sync replicas have it. */
    public LatencyTimer kafkaLatency() {
        return kafkaLatency;
    }

    /** How long an acknowledgement waits for this cluster: from the PUBLISH until the record is safe. QoS 1 and 2. */
    public LatencyTimer acknowledgementTime() {
        return acknowledgementTime;
    }

    /** Lets the timers forget. To be called every second or so. */
    public void tick() {
        kafkaLatency.tick();
        acknowledgementTime.tick();
    }

    /** Kafka takes no records any more. */
    public void outage() {
        outages.inc();
    }

    /** Kafka takes records again. */
    public void reconnect() {
        reconnects.inc();
    }

    /** A client is disconnected, since a record of its couldn't be made safe. */
    public void disconnect() {
        disconnects.inc();
    }
}
