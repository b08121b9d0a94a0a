package io.kafkabridge.extension.model;

import java.time.Duration;

/**
 * The bounds and the pace of a cluster's spool, which keeps records on the disk while the cluster takes none.
 *
 * @param maxSize bytes that its files may reach together
 * @param minFree bytes that it leaves free on the disk
 * @param commitPause how long a commit may wait for more records to share its fsync; zero: not at all
 */
public record SpoolSettings(long maxSize, long minFree, Duration commitPause) {

    public static final SpoolSettings DEFAULT = new SpoolSettings(10L << 30, 1L << 30, Duration.ZERO);
}
