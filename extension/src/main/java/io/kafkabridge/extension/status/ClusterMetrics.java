package io.kafkabridge.extension.status;

import java.util.function.LongSupplier;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;

/** What is on its way to a Kafka cluster, in HiveMQ's metric registry. */
public final class ClusterMetrics {

    private static final String PREFIX = "io.kafkabridge.cluster";

    private ClusterMetrics() {}

    /**
     * Registers a gauge {@code io.kafkabridge.cluster.<id>.<name>}, in place of an earlier one of that name.
     *
     * @param registry HiveMQ's metric registry
     */
    public static void gauge(
            final MetricRegistry registry, final String clusterId, final String name, final LongSupplier value) {
        final String fullName = MetricRegistry.name(PREFIX, clusterId, name);
        registry.remove(fullName);
        registry.registerGauge(fullName, (Gauge<Long>) value::getAsLong);
    }

    /** Removes all gauges of a cluster. */
    public static void remove(final MetricRegistry registry, final String clusterId) {
        final String start = MetricRegistry.name(PREFIX, clusterId) + ".";
        // An id may hold dots; the gauges' own names don't.
        registry.removeMatching((name, metric) -> name.startsWith(start) && name.indexOf('.', start.length()) < 0);
    }
}
