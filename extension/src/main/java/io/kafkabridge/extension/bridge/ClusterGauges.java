package io.kafkabridge.extension.bridge;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import com.codahale.metrics.MetricRegistry;

import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;

/** The gauges of a Kafka cluster in HiveMQ's metric registry: how its delivery is when somebody looks. */
final class ClusterGauges {

    private ClusterGauges() {}

    /**
     * Registers the gauges of a cluster.
     *
     * @param status how its delivery is; empty when there is none any more
     */
    static void register(
            final MetricRegistry registry, final String clusterId, final Supplier<Optional<DeliveryStatus>> status) {
        final GaugeMaker gauge = (name, value) -> ClusterMetrics.gauge(
                registry, clusterId, name, () -> status.get().map(value).orElse(0));
        gauge.make("state", now -> now.state().number());
        gauge.make("in-flight-records", DeliveryStatus::inFlightRecords);
        gauge.make("in-flight-bytes", DeliveryStatus::inFlightBytes);
        gauge.make("spool-records", DeliveryStatus::spooledRecords);
        gauge.make("spool-bytes", DeliveryStatus::spooledBytes);
        gauge.make("spool-free-bytes", DeliveryStatus::spoolFreeBytes);
        gauge.make("spool-oldest-seconds", now -> now.oldestSpooled().toSeconds());
        gauge.make("spool-corrupt-segments", DeliveryStatus::corruptSegments);
        gauge.make("drain-rate", DeliveryStatus::drainRate);
    }

    @FunctionalInterface
    private interface GaugeMaker {
        void make(String name, Function<DeliveryStatus, Number> value);
    }
}
