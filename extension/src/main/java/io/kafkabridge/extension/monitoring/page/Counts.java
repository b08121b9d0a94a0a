package io.kafkabridge.extension.monitoring.page;

import java.util.Map;
import java.util.TreeMap;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;

import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;

/**
 * What a mapping has counted since HiveMQ started.
 *
 * @param received publishes that matched and were taken
 * @param forwarded records that Kafka has
 * @param bytes payload bytes of those
 * @param spooled records that went to the spool
 * @param failed records that neither Kafka nor the spool took, and whose clients send them again
 * @param dropped QoS 0 records that neither took
 * @param rejected records that Kafka will never take
 * @param pending records on their way
 */
record Counts(
        long received,
        long forwarded,
        long bytes,
        long spooled,
        long failed,
        long dropped,
        long rejected,
        long pending) {

    private static final String PREFIX = MappingMetrics.PREFIX + ".";

    static Counts of(final MetricRegistry metrics, final String mapping) {
        final String start = PREFIX + mapping + ".";
        final Map<String, Metric> all = metrics.getMetrics();
        return new Counts(
                count(all, start + "received"),
                count(all, start + "forwarded"),
                count(all, start + "bytes"),
                count(all, start + "spooled"),
                count(all, start + "failed"),
                count(all, start + "dropped"),
                count(all, start + "rejected"),
                count(all, start + "pending"));
    }

    private static long count(final Map<String, Metric> all, final String name) {
        return all.get(name) instanceof Counter counter ? counter.getCount() : 0;
    }

    /** One counter of a mapping. */
    static long of(final MetricRegistry metrics, final String mapping, final String name) {
        return count(metrics.getMetrics(), PREFIX + mapping + "." + name);
    }

    /**
     * What was counted by reason, of all mappings by their ids, in one pass. An id may hold dots, a reason doesn't.
     *
     * @param kind {@code held-back} or {@code rejected-because}
     */
    static Map<String, Map<String, Long>> byReason(final MetricRegistry metrics, final String kind) {
        final String middle = "." + kind + ".";
        final Map<String, Map<String, Long>> all = new TreeMap<>();
        metrics.getMetrics().forEach((name, metric) -> {
            final int start = name.lastIndexOf('.') + 1 - middle.length();
            if (start > PREFIX.length()
                    && name.startsWith(PREFIX)
                    && name.startsWith(middle, start)
                    && metric instanceof Counter counter
                    && counter.getCount() > 0) {
                all.computeIfAbsent(name.substring(PREFIX.length(), start), id -> new TreeMap<>())
                        .put(name.substring(start + middle.length()), counter.getCount());
            }
        });
        return all;
    }
}
