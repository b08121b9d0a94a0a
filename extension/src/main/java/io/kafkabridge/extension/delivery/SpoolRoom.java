package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolLimits;

/**
 * The spool of a cluster with its writer and its drain. It is opened by the delivery's thread: to look through what an earlier
 * run left takes a moment, and a disk that can't be read now may be readable later. For that thread, where nothing else is
 * said.
 */
final class SpoolRoom {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolRoom.class);
    private static final long RETRY = Duration.ofSeconds(1).toNanos();

    private final KafkaCluster cluster;
    private final Path folder;
    private final SpoolLimits limits;
    private final Lanes lanes;
    private final Function<Spool, SpoolDrain> drains;
    private final SpoolPace pace;
    private final Runnable wake;
    private volatile @Nullable Spool spool;
    private @Nullable SpoolWriter writer;
    private @Nullable SpoolDrain drain;
    private long nextTry = System.nanoTime();
    private final OncePerMinute limit = new OncePerMinute();

    /**
     * Makes the room of a spool that isn't open yet.
     *
     * @param data the bridge's folder in HiveMQ's data folder
     * @param drains makes the drain of an open spool
     * @param wake called when something was written
     */
    SpoolRoom(
            final KafkaCluster cluster,
            final Path data,
            final Lanes lanes,
            final SpoolPace pace,
            final Function<Spool, SpoolDrain> drains,
            final Runnable wake) {
        this.cluster = cluster;
        this.folder = data.resolve("spool").resolve(cluster.id());
        this.limits = new SpoolLimits(
                cluster.spool().maxSize(), cluster.spool().minFree(), SpoolLimits.DEFAULT_SEGMENT_BYTES);
        this.lanes = lanes;
        this.pace = pace;
        this.drains = drains;
        this.wake = wake;
    }

    /** Opens the spool, unless that was tried a moment ago. While it can't be opened, nothing is acknowledged. */
    boolean open() {
        if (System.nanoTime() - nextTry < 0) {
            return false;
        }
        try {
            final Spool opened = Spool.open(folder, limits);
            final SpoolWriter started = new SpoolWriter(
                    cluster.id(),
                    lanes,
                    opened,
                    pace,
                    new SpoolLog(cluster.id()),
                    cluster.spool().commitPause(),
                    wake);
            started.start();
            writer = started;
            drain = drains.apply(opened);
            spool = opened;
            return true;
        } catch (final IOException e) {
            nextTry = System.nanoTime() + RETRY;
            refuse(e);
            return false;
        }
    }

    private void refuse(final IOException cause) {
        if (limit.isDue()) {
            LOG.error(
                    "The spool of Kafka cluster '{}' can't be read, and it goes first: until it can, clients are disconnected"
                            + " without an acknowledgement. Look at the folder {}. {}",
                    cluster.id(),
                    folder,
                    cause.toString());
        }
        final List<PendingRecord> kept = new ArrayList<>();
        for (final PendingRecord record : lanes.takeHeld()) {
            if (record.isKept()) {
                kept.add(record);
            } else {
                record.fail(cause);
            }
        }
        lanes.putInFront(kept);
    }

    /** The drain; the spool is open. */
    SpoolDrain drain() {
        return Objects.requireNonNull(drain, "the spool isn't open");
    }

    /** Records in the spool. Any thread. */
    long records() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.end() - opened.start();
    }

    /** Bytes of the spool's files. Any thread. */
    long bytes() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.bytes();
    }

    /** The first offset that isn't in Kafka. Any thread. */
    long start() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.start();
    }

    /** Bytes that the spool may still grow by; none while it can't be read. Asks the disk. Any thread. */
    long freeBytes() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.freeBytes();
    }

    /** Whether the spool takes more while it may grow by so many bytes: what is committed together has to fit. Any thread. */
    boolean hasRoom(final long freeBytes) {
        return freeBytes >= Math.min(SpoolWriter.MAX_COMMIT, limits.maxBytes() / 4);
    }

    /** How long the oldest record has been in the spool, about. Any thread. */
    Duration oldest() {
        final Spool opened = spool;
        return opened == null ? Duration.ZERO : opened.oldest();
    }

    /** Segments that were found damaged. Any thread. */
    long corruptSegments() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.corruptSegments();
    }

    /** Writes what has arrived and closes the spool. */
    void close() throws InterruptedException {
        final Spool opened = spool;
        if (opened == null || writer == null) {
            return;
        }
        writer.stop();
        try {
            drain().pause();
            opened.close();
        } catch (final IOException e) {
            LOG.warn(
                    "The spool of Kafka cluster '{}' wasn't closed well; some records may come twice. Check the disk.",
                    cluster.id(),
                    e);
        }
    }
}
