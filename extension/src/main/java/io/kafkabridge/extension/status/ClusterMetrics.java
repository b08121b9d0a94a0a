package io.kafkabridge.extension.status;

import java.util.function.LongSupplier;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;

/** What is on its way to a Kafka cluster, in HiveMQ's metric registry. */
public final class ClusterMetrics {

    private static final String PREFIX = "io.kafkabridge.cluster";

    private ClusterMetrics() {}

    /**
     * Registers a gauge {@code io.kafkabridge.cluster.<id>.<name>}.
     *
     * @param registry HiveMQ's metric registry
     */
    public static void gauge(
            final MetricRegistry registry, final String clusterId, final String name, final LongSupplier value) {
        registry.registerGauge(MetricRegistry.name(PREFIX, clusterId, name), (Gauge<Long>) value::getAsLong);
    }
}
