package io.kafkabridge.extension.monitoring.page;

import java.util.List;
import java.util.Map;

import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What changes all the time: the second part of the page's JSON. Times are milliseconds since 1970, rates are per second.
 *
 * @param time when
 * @param verdict all of it in one sentence
 * @param in publishes taken per second of late
 * @param out records to Kafka per second of late
 * @param point the newest point of the plots
 */
record Status(
        long time,
        Verdict verdict,
        double in,
        double out,
        History.@Nullable Point point,
        List<ClusterStatus> clusters,
        List<MappingStatus> mappings,
        List<ProblemStatus> problems,
        RejectedStatus rejected) {

    /**
     * A Kafka cluster.
     *
     * @param words its state for a person
     * @param cause why it isn't live, as far as known
     * @param drainRate records per second out of the spool
     * @param kafkaLatency record handed over until Kafka has it
     * @param acknowledgementTime PUBLISH until its acknowledgement may leave
     */
    record ClusterStatus(
            String id,
            String servers,
            ClusterWords words,
            @Nullable String cause,
            long inFlightRecords,
            long inFlightBytes,
            long spoolRecords,
            long spoolBytes,
            long spoolFreeBytes,
            long oldestSeconds,
            double drainRate,
            long corruptSegments,
            @Nullable Times kafkaLatency,
            @Nullable Times acknowledgementTime) {}

    /** How long something took, in milliseconds, of late. */
    record Times(double p50, double p99, double max) {

        private static final double NANOS = 1e6;

        static @Nullable Times of(final @Nullable Timer timer) {
            if (timer == null || timer.getCount() == 0) {
                return null;
            }
            final Snapshot snapshot = timer.getSnapshot();
            return new Times(
                    snapshot.getMedian() / NANOS, snapshot.get99thPercentile() / NANOS, snapshot.getMax() / NANOS);
        }
    }

    /** A mapping, in the order of {@link About#mappings}. */
    record MappingStatus(String id, Counts counts, double in, double out, Map<String, Long> heldBack) {}

    /** A line of the log. */
    record ProblemStatus(Level level, long first, long last, long count, String text) {}

    /**
     * Records that Kafka will never take.
     *
     * @param count since HiveMQ started
     * @param reasons those by reason
     */
    record RejectedStatus(long count, Map<String, Long> reasons, List<KeptFiles> kept) {}

    /** Rejected records of a cluster on the disk, also those of earlier runs. */
    record KeptFiles(String cluster, String folder, int files, long bytes) {}
}
