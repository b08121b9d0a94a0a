package io.kafkabridge.extension.delivery.spooled;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.LimitedLog;
import io.kafkabridge.common.Wording;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolFullException;

/**
 * Writes records to the spool, on a thread of its own, while the cluster takes none. All that came during one fsync shares
 * the next one (group commit); then their publishes are acknowledged.
 *
 * @param <R> the records
 */
public final class SpoolWriter<R extends Spoolable> {

    /**
     * Where the records come from. Thread-safe.
     *
     * @param <R> the records
     */
    public interface Source<R extends Spoolable> {

        /**
         * Waits until there is something to take, or nothing will come any more.
         *
         * @param retry whether to wait for a moment only
         */
        void await(boolean retry) throws InterruptedException;

        /** Whether there is nothing to take, and nothing will come. */
        boolean isOver();

        /** Takes what has arrived, in the order it came; maybe nothing. */
        List<R> take();

        /** What was taken is through; whether all of it is in the spool or failed, or some must be tried again. */
        void written(boolean all);

        /** Puts records back that couldn't be written, in front of those that came since. */
        void putInFront(List<R> records);

        /** Nothing will come any more. */
        void stop();
    }

    /** Bytes of records that share an fsync, about. Bounds the memory for reading them back as well. */
    static final long MAX_COMMIT = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);

    private final String cluster;
    private final LimitedLog<Throwable> errors = new LimitedLog<>(this::tellError);
    private final LimitedLog<IOException> refusals = new LimitedLog<>(this::tellRefusal);
    private final Source<R> source;
    private final Spool spool;
    private final SpoolPace pace;
    private final Runnable onWritten;
    private final LongSupplier clock;

    /** What must be kept and found no room; the writer's thread only. */
    private final List<R> kept = new ArrayList<>();

    private boolean refuses;
    private long refusesSince;
    private volatile boolean ended;

    /**
     * Makes a writer.
     *
     * @param pace slows it down while the spool is drained
     * @param onWritten called after each commit, and at the end
     * @param clock {@link System#nanoTime}
     */
    public SpoolWriter(
            final String cluster,
            final Source<R> source,
            final Spool spool,
            final SpoolPace pace,
            final Runnable onWritten,
            final LongSupplier clock) {
        this.cluster = cluster;
        this.source = source;
        this.spool = spool;
        this.pace = pace;
        this.onWritten = onWritten;
        this.clock = clock;
    }

    /** Runs on a thread of its own until {@link Source#stop} was called and all that has arrived is through. */
    void start(final Duration commitPause) {
        final Thread thread = new Thread(() -> run(commitPause.toNanos()), "hivemq-kafka-bridge-spool-" + cluster);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(final long commitPauseNanos) {
        try {
            source.await(false);
            while (!isOver()) {
                final long start = System.nanoTime();
                step();
                pace.await(spool.end());
                LockSupport.parkNanos(this, start + commitPauseNanos - System.nanoTime());
                source.await(!kept.isEmpty());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody does that; it would end the writer.
        } finally {
            end();
        }
    }

    /** Writes what has arrived. Throws nothing: the thread must go on. */
    public void step() {
        final List<R> records = new ArrayList<>(kept);
        kept.clear();
        try {
            records.addAll(source.take());
            write(records);
        } catch (final RuntimeException | Error e) {
            errors.add(e);
        } finally {
            source.written(kept.isEmpty());
        }
    }

    /** Whether all is written that will ever come, or can't be. */
    public boolean isOver() {
        return source.isOver();
    }

    /** Has ended: what couldn't be written is with the source again. */
    public void end() {
        source.putInFront(kept);
        kept.clear();
        source.written(true);
        ended = true;
        onWritten.run();
    }

    /** Whether it has ended. Any thread. */
    boolean hasEnded() {
        return ended;
    }

    private void write(final List<R> records) {
        @Nullable IOException refusal = null;
        int next = 0;
        while (next < records.size() && refusal == null) {
            final List<R> commit = new ArrayList<>();
            long bytes = 0;
            while (next < records.size() && (commit.isEmpty() || bytes < MAX_COMMIT)) {
                final R record = records.get(next++);
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

    private @Nullable IOException commit(final List<R> records) {
        if (records.isEmpty()) {
            return null;
        }
        try {
            spool.append(records.stream().map(Spoolable::toEntry).toList());
        } catch (final IOException | RuntimeException | Error e) {
            final IOException refusal = e instanceof IOException io ? io : new IOException(e);
            tell(refusal);
            refuse(records, refusal);
            return refusal;
        }
        if (refuses) {
            refuses = false;
            LOG.info("The spool of Kafka cluster '{}' takes records again, after {}.", cluster, refusing());
        }
        records.forEach(Spoolable::spooled);
        onWritten.run();
        return null;
    }

    private void refuse(final List<R> records, final IOException cause) {
        for (final R record : records) {
            if (record.isKept()) {
                kept.add(record);
            } else {
                record.fail(cause);
            }
        }
    }

    private void tell(final IOException cause) {
        if (!refuses) {
            refuses = true;
            refusesSince = clock.getAsLong();
        }
        refusals.add(cause);
    }

    private void tellError(final long count, final Throwable error) {
        LOG.error(
                "The spool of Kafka cluster '{}' goes on after an unexpected error. Please report it.", cluster, error);
    }

    private void tellRefusal(final long count, final IOException cause) {
        if (cause instanceof SpoolFullException) {
            LOG.error(
                    "The spool of Kafka cluster '{}' is full, for {} now. QoS 1 and 2 clients are disconnected without an"
                            + " acknowledgement, so that they keep their messages; QoS 0 messages are dropped. {}. Bring Kafka"
                            + " back, or make room: raise <max-size> in <spool>, or free the disk.",
                    cluster,
                    refusing(),
                    cause.getMessage());
        } else {
            LOG.error(
                    "The spool of Kafka cluster '{}' can't be written, for {} now. QoS 1 and 2 clients are disconnected without"
                            + " an acknowledgement, so that they keep their messages; QoS 0 messages are dropped. Check the disk"
                            + " and the permissions of the folder. {}",
                    cluster,
                    refusing(),
                    cause.toString());
        }
    }

    private String refusing() {
        return Wording.time(Duration.ofNanos(clock.getAsLong() - refusesSince));
    }
}
