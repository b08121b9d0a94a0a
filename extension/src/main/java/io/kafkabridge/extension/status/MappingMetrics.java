package io.kafkabridge.extension.status;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;

/**
 * What became of the records of one mapping. Thread-safe; counting doesn't block.
 */
public final class MappingMetrics {

    private static final String PREFIX = "io.kafkabridge.mapping";

    private final Counter forwarded;
    private final Counter failed;
    private final Counter dropped;
    private final Counter rejected;
    private final Counter pending;

    /**
     * Registers the counters {@code io.kafkabridge.mapping.<id>.forwarded, failed, dropped, rejected, pending}.
     *
     * @param registry HiveMQ's metric registry
     * @param mappingId the mapping's id
     */
    public MappingMetrics(final MetricRegistry registry, final String mappingId) {
        forwarded = registry.counter(MetricRegistry.name(PREFIX, mappingId, "forwarded"));
        failed = registry.counter(MetricRegistry.name(PREFIX, mappingId, "failed"));
        dropped = registry.counter(MetricRegistry.name(PREFIX, mappingId, "dropped"));
        rejected = registry.counter(MetricRegistry.name(PREFIX, mappingId, "rejected"));
        pending = registry.counter(MetricRegistry.name(PREFIX, mappingId, "pending"));
    }

    /** A record is on its way. */
    public void taken() {
        pending.inc();
    }

    /** Kafka has the record. */
    public void forwarded() {
        pending.dec();
        forwarded.inc();
    }

    /** A QoS 1 or 2 record didn't reach Kafka; its client sends the publish again. */
    public void failed() {
        pending.dec();
        failed.inc();
    }

    /** Kafka will never take the record; it is kept among the rejected ones. */
    public void rejected() {
        pending.dec();
        rejected.inc();
    }

    /** A QoS 0 record didn't reach Kafka and is gone. */
    public void dropped() {
        pending.dec();
        dropped.inc();
    }
}
