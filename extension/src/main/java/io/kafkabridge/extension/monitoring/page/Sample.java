package io.kafkabridge.extension.monitoring.page;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.codahale.metrics.MetricRegistry;

import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.Mapping;

/**
 * Where everything stood at one moment.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param received of all mappings
 * @param forwarded of all mappings
 * @param rejected of all mappings
 * @param failed of all mappings
 * @param clusters each cluster's status
 * @param mappings what the mappings that are shown have counted
 */
record Sample(
        long nanos,
        long received,
        long forwarded,
        long rejected,
        long failed,
        Map<String, DeliveryStatus> clusters,
        Map<String, Counts> mappings) {

    /** More would make the page slow; {@code /metrics} has all. */
    static final int MAX_MAPPINGS = 200;

    static Sample now(final BridgeView bridge, final MetricRegistry metrics, final long nanos) {
        final BridgeConfig config = bridge.config();
        long received = 0;
        long forwarded = 0;
        long rejected = 0;
        long failed = 0;
        for (final Mapping mapping : config.mappings()) {
            received += Counts.of(metrics, mapping.id(), "received");
            forwarded += Counts.of(metrics, mapping.id(), "forwarded");
            rejected += Counts.of(metrics, mapping.id(), "rejected");
            failed += Counts.of(metrics, mapping.id(), "failed");
        }
        final Map<String, Counts> mappings = new LinkedHashMap<>();
        shown(config).forEach(mapping -> mappings.put(mapping.id(), Counts.of(metrics, mapping.id())));
        return new Sample(nanos, received, forwarded, rejected, failed, new HashMap<>(bridge.status()), mappings);
    }

    /** The mappings that the page shows. */
    static List<Mapping> shown(final BridgeConfig config) {
        return config.mappings()
                .subList(0, Math.min(MAX_MAPPINGS, config.mappings().size()));
    }

    /** Records in all spools. */
    long waiting() {
        return clusters.values().stream()
                .mapToLong(DeliveryStatus::spooledRecords)
                .sum();
    }
}
