package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.spool.Spool;

/**
 * Writes records to the spool, on a thread of its own, while the cluster takes none. All that came during one fsync shares
 * the next one (group commit); then their publishes are acknowledged.
 */
final class SpoolWriter {

    /** Bytes of records that share an fsync, about. Bounds the memory for reading them back as well. */
    static final long MAX_COMMIT = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);

    private final String cluster;
    private final OncePerMinute limit = new OncePerMinute();
    private final Lanes lanes;
    private final Spool spool;
    private final SpoolPace pace;
    private final SpoolLog log;
    private final Runnable onWritten;
    private final long commitPauseNanos;
    private final Thread thread;

    /** What must be kept and found no room; the writer's thread only. */
    private final List<PendingRecord> kept = new ArrayList<>();

    /**
     * Makes a writer, which does nothing before {@link #start}.
     *
     * @param pace slows it down while the spool is drained
     * @param onWritten called after each commit
     */
    SpoolWriter(
            final String cluster,
            final Lanes lanes,
            final Spool spool,
            final SpoolPace pace,
            final SpoolLog log,
            final Duration commitPause,
            final Runnable onWritten) {
        this.cluster = cluster;
        this.lanes = lanes;
        this.spool = spool;
        this.pace = pace;
        this.log = log;
        this.commitPauseNanos = commitPause.toNanos();
        this.onWritten = onWritten;
        this.thread = new Thread(this::run, "hivemq-kafka-bridge-spool-" + cluster);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits until all that has arrived for the spool is through; then the writer has ended. */
    void stop() throws InterruptedException {
        lanes.stop();
        thread.join();
    }

    private void run() {
        try {
            List<PendingRecord> arrived = lanes.takeForSpool(false);
            while (arrived != null) {
                final long start = System.nanoTime();
                final List<PendingRecord> records = new ArrayList<>(kept);
                kept.clear();
                records.addAll(arrived);
                try {
                    write(records);
                } catch (final RuntimeException e) {
                    if (limit.isDue()) {
                        LOG.error(
                                "The spool of Kafka cluster '{}' goes on after an unexpected error. Please report it.",
                                cluster,
                                e);
                    }
                }
                LockSupport.parkNanos(this, start + commitPauseNanos - System.nanoTime());
                arrived = lanes.takeForSpool(!kept.isEmpty());
            }
            lanes.putInFront(kept);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody does that; it would end the writer.
        }
    }

    private void write(final List<PendingRecord> records) {
        @Nullable IOException refusal = null;
        int next = 0;
        while (next < records.size() && refusal == null) {
            final List<PendingRecord> commit = new ArrayList<>();
            long bytes = 0;
            while (next < records.size() && (commit.isEmpty() || bytes < MAX_COMMIT)) {
                final PendingRecord record = records.get(next++);
                if (record.isWanted()) {
                    commit.add(record);
                    bytes += record.size();
                } else {
                    record.fail(new IllegalStateException("an earlier publish failed"));
                }
            }
            refusal = commit(commit);
        }
        if (refusal != null) {
            refuse(records.subList(next, records.size()), refusal);
        }
    }

    private @Nullable IOException commit(final List<PendingRecord> records) {
        if (records.isEmpty()) {
            return null;
        }
        try {
            spool.append(records.stream().map(PendingRecord::toEntry).toList());
        } catch (final IOException | RuntimeException e) {
            final IOException refusal = e instanceof IOException io ? io : new IOException(e);
            log.refused(refusal);
            refuse(records, refusal);
            return refusal;
        }
        log.written();
        records.forEach(PendingRecord::spooled);
        onWritten.run();
        pace.await(spool.end());
        return null;
    }

    private void refuse(final List<PendingRecord> records, final IOException cause) {
        for (final PendingRecord record : records) {
            if (record.isKept()) {
                kept.add(record);
            } else {
                record.fail(cause);
            }
        }
    }
}
