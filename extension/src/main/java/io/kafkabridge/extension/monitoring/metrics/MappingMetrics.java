package io.kafkabridge.extension.monitoring.metrics;

import java.util.List;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;

/**
 * What became of the records of one mapping. Thread-safe; counting doesn't block.
 */
public final class MappingMetrics {

    /** What the name of each metric of a mapping begins with; its id and a name of its own follow, with dots between. */
    public static final String PREFIX = "io.kafkabridge.mapping";

    private static final String HELD_BACK = "held-back";
    private static final String REJECTED_BECAUSE = "rejected-because";
    private static final String TIMESTAMPS_REPLACED = "timestamps-replaced";
    private static final List<String> NAMES = List.of(
            "received",
            "bytes",
            "spooled",
            "forwarded",
            "failed",
            "dropped",
            "rejected",
            "pending",
            TIMESTAMPS_REPLACED);

    /** For records of a mapping that isn't configured any more: counts into nowhere. */
    public static final MappingMetrics NONE = new MappingMetrics(new MetricRegistry(), "none");

    private final MetricRegistry registry;
    private final String mappingId;
    private final Counter received;
    private final Counter bytes;
    private final Counter forwarded;
    private final Counter spooled;
    private final Counter failed;
    private final Counter dropped;
    private final Counter rejected;
    private final Counter pending;

    /**
     * Registers the counters {@code io.kafkabridge.mapping.<id>.received, bytes, forwarded, spooled, failed, dropped, rejected,
     * pending}.
     *
     * @param registry HiveMQ's metric registry
     * @param mappingId the mapping's id
     */
    public MappingMetrics(final MetricRegistry registry, final String mappingId) {
        this.registry = registry;
        this.mappingId = mappingId;
        received = counter("received");
        bytes = counter("bytes");
        spooled = counter("spooled");
        forwarded = counter("forwarded");
        failed = counter("failed");
        dropped = counter("dropped");
        rejected = counter("rejected");
        pending = counter("pending");
    }

    private Counter counter(final String name) {
        return registry.counter(MetricRegistry.name(PREFIX, mappingId, name));
    }

    /** Removes the counters of a mapping. */
    public static void remove(final MetricRegistry registry, final String mappingId) {
        final String start = MetricRegistry.name(PREFIX, mappingId) + ".";
        // An id may hold dots: "a" and "a.held-back" are different mappings.
        registry.removeMatching((name, metric) -> name.startsWith(start) && isOwn(name.substring(start.length())));
    }

    private static boolean isOwn(final String name) {
        return NAMES.contains(name) || isReason(name, HELD_BACK + ".") || isReason(name, REJECTED_BECAUSE + ".");
    }

    private static boolean isReason(final String name, final String group) {
        return name.startsWith(group) && name.indexOf('.', group.length()) < 0;
    }

    /**
     * Registers the counter {@code io.kafkabridge.mapping.<id>.held-back.<reason>}, of publishes that the mapping's topic
     * filters match and that aren't forwarded.
     *
     * @return counts one
     */
    public Runnable heldBack(final String reason) {
        return counter(MetricRegistry.name(HELD_BACK, reason))::inc;
    }

    /**
     * Registers the counter {@code io.kafkabridge.mapping.<id>.timestamps-replaced}, of records that got the time of their
     * arrival since their user property is no time that Kafka should get.
     *
     * @return counts one
     */
    public Runnable timestampReplaced() {
        return counter(TIMESTAMPS_REPLACED)::inc;
    }

    /** A record is on its way. */
    public void taken() {
        received.inc();
        pending.inc();
    }

    /** Kafka has the record; its value is that long. */
    public void forwarded(final int valueBytes) {
        pending.dec();
        drained(valueBytes);
    }

    /** The spool has the record. */
    public void spooled() {
        pending.dec();
        spooled.inc();
    }

    /** Kafka has a record that came from the spool; its value is that long. */
    public void drained(final int valueBytes) {
        forwarded.inc();
        bytes.inc(valueBytes);
    }

    /**
     * Kafka will never take a record that came from the spool; it is kept among the rejected ones.
     *
     * @param reason one of a few, in lower case with hyphens
     */
    public void rejectedFromSpool(final String reason) {
        rejected.inc();
        counter(MetricRegistry.name(REJECTED_BECAUSE, reason)).inc();
    }

    /** Neither Kafka nor the spool took a QoS 1 or 2 record; its client sends the publish again. */
    public void failed() {
        pending.dec();
        failed.inc();
    }

    /** Kafka will never take the record; it is kept among the rejected ones. Reasons as {@link #rejectedFromSpool}. */
    public void rejected(final String reason) {
        pending.dec();
        rejectedFromSpool(reason);
    }

    /** Neither Kafka nor the spool took a QoS 0 record; it is gone. */
    public void dropped() {
        pending.dec();
        dropped.inc();
    }
}
