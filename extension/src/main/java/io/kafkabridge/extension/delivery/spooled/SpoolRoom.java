package io.kafkabridge.extension.delivery.spooled;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.LimitedLog;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolLimits;

/**
 * The spool of a cluster with its writer and its drain. It is opened by the delivery's thread: to look through what an earlier
 * run left takes a moment, and a disk that can't be read now may be readable later. For that thread, where nothing else is
 * said.
 *
 * @param <R> the records that are written to it
 */
public final class SpoolRoom<R extends Spoolable> {

    /** Opens a spool; a seam for tests. */
    @FunctionalInterface
    public interface Opener {
        Spool open(Path folder, SpoolLimits limits) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SpoolRoom.class);
    private static final long RETRY = Duration.ofSeconds(1).toNanos();

    /** The drain's rate is that of the last seconds. */
    private static final long RATE_WINDOW = Duration.ofSeconds(2).toNanos();

    private final KafkaCluster cluster;
    private final Path folder;
    private final SpoolLimits limits;
    private final Opener opener;
    private final Function<Spool, SpoolWriter<R>> writers;
    private final Function<Spool, SpoolDrain> drains;
    private final Consumer<SpoolWriter<R>> starter;
    private final LongSupplier clock;
    private volatile @Nullable Spool spool;
    private @Nullable SpoolWriter<R> writer;
    private @Nullable SpoolDrain drain;
    private long nextTry;
    private final LimitedLog<Exception> refusals = new LimitedLog<>(this::tell);

    private long rateOffset = -1;
    private long rateTime;
    private volatile double rate;

    /**
     * Makes the room of a spool that isn't open yet.
     *
     * @param data the bridge's folder in HiveMQ's data folder
     * @param writers makes the writer of an open spool
     * @param drains makes the drain of an open spool
     * @param starter lets the writer work, on a thread of its own
     * @param clock {@link System#nanoTime}
     */
    public SpoolRoom(
            final KafkaCluster cluster,
            final Path data,
            final Opener opener,
            final Function<Spool, SpoolWriter<R>> writers,
            final Function<Spool, SpoolDrain> drains,
            final Consumer<SpoolWriter<R>> starter,
            final LongSupplier clock) {
        this.cluster = cluster;
        this.folder = data.resolve("spool").resolve(cluster.id());
        this.limits = new SpoolLimits(
                cluster.spool().maxSize(), cluster.spool().minFree(), SpoolLimits.DEFAULT_SEGMENT_BYTES);
        this.opener = opener;
        this.writers = writers;
        this.drains = drains;
        this.starter = starter;
        this.clock = clock;
        nextTry = clock.getAsLong();
    }

    /** As {@link #SpoolRoom}'s starter: a thread. */
    public static <R extends Spoolable> Consumer<SpoolWriter<R>> threads(final KafkaCluster cluster) {
        return writer -> writer.start(cluster.spool().commitPause());
    }

    /**
     * Opens the spool, unless that was tried a moment ago. While it can't be opened, nothing is acknowledged.
     *
     * @return why it can't be opened; null when it is open, or it isn't tried now
     */
    public @Nullable IOException open() {
        if (clock.getAsLong() - nextTry < 0) {
            return null;
        }
        try {
            final Spool opened = opener.open(folder, limits);
            final SpoolWriter<R> made = writers.apply(opened);
            writer = made;
            drain = drains.apply(opened);
            spool = opened;
            starter.accept(made);
            return null;
        } catch (final IOException | RuntimeException e) { // A folder that can't be listed throws the latter.
            nextTry = clock.getAsLong() + RETRY;
            refusals.add(e);
            return e instanceof IOException refusal ? refusal : new IOException(e);
        }
    }

    private void tell(final long count, final Exception refusal) {
        LOG.error(
                "The spool of Kafka cluster '{}' can't be read, and it goes first: until it can, clients are disconnected"
                        + " without an acknowledgement. Look at the folder {}. {}",
                cluster.id(),
                folder,
                refusal.toString());
    }

    /** Whether the spool is open. Any thread. */
    public boolean isOpen() {
        return spool != null;
    }

    /** The drain; the spool is open. */
    public SpoolDrain drain() {
        return Objects.requireNonNull(drain, "the spool isn't open");
    }

    /** Records in the spool. Any thread. */
    public long records() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.end() - opened.start();
    }

    /** Bytes of the spool's files. Any thread. */
    public long bytes() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.bytes();
    }

    /** The first offset that isn't in Kafka. Any thread. */
    public long start() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.start();
    }

    /** Bytes that the spool may still grow by; none while it can't be read. Asks the disk. Any thread. */
    public long freeBytes() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.freeBytes();
    }

    /** Whether the spool takes more while it may grow by so many bytes: what is committed together has to fit. Any thread. */
    public boolean hasRoom(final long freeBytes) {
        return freeBytes >= Math.min(SpoolWriter.MAX_COMMIT, limits.maxBytes() / 4);
    }

    /** How long the oldest record has been in the spool, about. Any thread. */
    public Duration oldest() {
        final Spool opened = spool;
        return opened == null ? Duration.ZERO : opened.oldest();
    }

    /** Segments that were found damaged. Any thread. */
    public long corruptSegments() {
        final Spool opened = spool;
        return opened == null ? 0 : opened.corruptSegments();
    }

    /** Looks how fast the spool is drained. To be called every second or more often. */
    public void measure() {
        final long now = clock.getAsLong();
        if (rateOffset < 0) {
            rateOffset = start();
            rateTime = now;
        } else if (now - rateTime >= RATE_WINDOW) {
            rate = (start() - rateOffset) * (double) Duration.ofSeconds(1).toNanos() / (now - rateTime);
            rateOffset = start();
            rateTime = now;
        }
    }

    /** Records that leave the spool in a second, over the last seconds. Any thread. */
    public double perSecond() {
        return rate;
    }

    /** Whether the writer has ended, or was never begun: nothing is appended any more. */
    public boolean isWritten() {
        final SpoolWriter<R> made = writer;
        return made == null || made.hasEnded();
    }

    /** Closes the spool, when all is written. */
    public void close() {
        final Spool opened = spool;
        if (opened == null) {
            return;
        }
        try {
            drain().close();
            opened.close();
        } catch (final IOException e) {
            LOG.warn(
                    "The spool of Kafka cluster '{}' wasn't closed well; some records may come twice. Check the disk.",
                    cluster.id(),
                    e);
        }
    }
}
