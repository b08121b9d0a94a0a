package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka records on the local disk, first in, first out. A folder of segments named by their first offset, as Kafka names
 * them; {@code kafka-dump-log} shows what is in them.
 *
 * <p>One thread appends, the writer's. One other thread reads and says what is consumed, the drain's. Any thread may ask
 * for the figures. The lock keeps segments from being begun and deleted at the same time; nothing is appended under it.
 */
public final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /**
     * A record to append.
     *
     * @param origin id of the mapping it came from
     * @param record the record
     */
    public record Entry(String origin, ProducerRecord<byte[], byte[]> record) {}

    private final Path folder;
    private final SpoolLimits limits;
    private final Disk disk;
    private final Segments segments;
    private final Checkpoint checkpoint;
    private final MissingRecords missing;
    private final long mark;
    private final BatchFormat format;
    private final SegmentWriter writer;
    private final Arrivals arrivals;

    private final Object lock = new Object();
    private volatile long start;
    private volatile long end;
    private boolean appending;
    private boolean closed;

    private Spool(final Path folder, final SpoolLimits limits, final Disk disk, final Recovery recovered) {
        this.folder = folder;
        this.limits = limits;
        this.disk = disk;
        this.arrivals = new Arrivals(disk);
        this.segments = recovered.segments();
        this.checkpoint = recovered.checkpoint();
        this.missing = new MissingRecords(segments.corruptFolder());
        this.mark = recovered.mark();
        this.format = new BatchFormat(mark);
        this.writer = new SegmentWriter(segments, disk, limits.segmentBytes());
        this.start = recovered.start();
        this.end = recovered.end();
        if (recovered.resumable() != null) {
            writer.resume(recovered.resumable());
        }
    }

    /**
     * Opens the spool of a folder, with all that was safe when it was left. Cuts off a batch that wasn't. The folder is
     * made when a record is appended.
     *
     * @param folder where the segments lie; of no other use
     * @param limits what the spool may take of the disk
     * @throws IOException when the folder can't be read, or can't be written where that is needed
     */
    public static Spool open(final Path folder, final SpoolLimits limits) throws IOException {
        return open(folder, limits, Disk.REAL);
    }

    /** As {@link #open(Path, SpoolLimits)}, on a disk of a test's. */
    public static Spool open(final Path folder, final SpoolLimits limits, final Disk disk) throws IOException {
        final Spool spool = new Spool(folder, limits, disk, Recovery.run(folder, disk));
        synchronized (spool.lock) {
            spool.removeBefore(spool.checkpoint.saved());
        }
        if (spool.start < spool.end) {
            spool.arrivals.add(spool.start, spool.segments.ageOfFirst());
            LOG.debug("The spool {} holds {} records, {} bytes", folder, spool.end - spool.start, spool.bytes());
        }
        return spool;
    }

    /**
     * Appends records as one batch; when it returns, all of them are safe on the disk. The writer's thread only.
     *
     * @return offset after the last of them
     * @throws SpoolFullException when there is no room; nothing was written
     * @throws IOException when writing fails; none of the records is kept
     * @throws IllegalArgumentException when one batch can't hold the records (2 GiB); none of them is kept
     */
    public long append(final List<Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return end;
        }
        final long nextEnd = end + entries.size();
        final ByteBuffer batch = format.write(end, entries);
        synchronized (lock) {
            if (closed) {
                throw new IOException("The spool " + folder + " is closed");
            }
            removeLeftOver();
            limits.check(disk, folder, segments.bytes(), batch.remaining());
            if (writer.mustRoll()) {
                disk.createFolder(folder);
                if (segments.isEmpty() && checkpoint.saved() != start) {
                    checkpoint.save(start);
                }
                writer.roll(end);
            }
            appending = true;
        }
        try {
            writer.write(batch);
            arrivals.add(end, Duration.ZERO);
            end = nextEnd; // Before anybody can read the records, and say that they are consumed.
            writer.show(nextEnd);
        } finally {
            synchronized (lock) {
                appending = false;
            }
        }
        return nextEnd;
    }

    /** What is consumed and still there: a failed append was under way, or it couldn't be deleted. Holds the lock. */
    private void removeLeftOver() {
        try {
            removeBefore(checkpoint.saved());
        } catch (final IOException e) {
            // Told to the drain; as long as the limits allow, it hinders nobody.
            LOG.debug("Can't delete what is consumed of {}", folder, e);
        }
    }

    /** The first offset that isn't consumed. */
    public long start() {
        return start;
    }

    /** The offset after the last record that is safe. */
    public long end() {
        return end;
    }

    /** Bytes on the disk, without the segments that were set aside. */
    public long bytes() {
        return segments.bytes();
    }

    /** Bytes that the spool may still grow by, as its limits and the disk are now. Asks the disk. */
    public long freeBytes() {
        return limits.free(disk, folder, segments.bytes());
    }

    /** How long the oldest record has been in the spool, about; zero when it is empty. */
    public Duration oldest() {
        return start == end ? Duration.ZERO : arrivals.oldest();
    }

    /** How many segments were found damaged since the spool was opened. They are set aside when they are consumed. */
    public long corruptSegments() {
        return missing.corruptSegments();
    }

    /** A reader from {@link #start()} on. The drain's thread only, and one at a time. */
    public SpoolReader reader() {
        return new SpoolReader(segments, new BatchFormat(mark), disk, missing, () -> consumed(start), start);
    }

    /**
     * Says that everything before an offset is in Kafka. Deletes the segments before it; before that, and once a second at
     * most otherwise, remembers it on the disk. Where the disk can't take that, it only means that records may be delivered
     * again after a crash. Records that are lost behind the offset count as consumed, too. The drain's thread only.
     *
     * @throws IOException when a segment can't be deleted; the offset counts all the same, and the next call tries it again
     */
    public void consumed(final long offset) throws IOException {
        if (offset > end) {
            throw new IllegalArgumentException("Offset " + offset + " isn't there yet: the spool ends at " + end);
        }
        start = Math.max(start, missing.skip(offset));
        arrivals.remove(start, end);
        if (segments.isEmpty()) {
            return;
        }
        if (checkpoint.saved() != start && (start == end || segments.anyBefore(start) || checkpoint.isDue())) {
            save();
        }
        synchronized (lock) {
            removeBefore(checkpoint.saved());
        }
    }

    /** Saves the checkpoint. A full disk has no room for it: what is consumed makes that. */
    private void save() throws IOException {
        if (!checkpoint.trySave(start)) {
            synchronized (lock) {
                removeBefore(start);
            }
            checkpoint.trySave(start);
        }
    }

    /** Removes what lies before an offset; holds the lock. The last segment goes, too, when nobody is appending to it. */
    private void removeBefore(final long offset) throws IOException {
        if (offset == end && !appending) {
            writer.close();
            segments.removeAll();
        } else {
            segments.removeBefore(offset);
        }
    }

    /** Remembers what is consumed and closes the files. To be called when nobody appends, reads or consumes any more. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            try {
                final boolean used = checkpoint.saved() >= 0 || !segments.isEmpty();
                if (used && checkpoint.saved() != start) {
                    checkpoint.save(start);
                }
                removeBefore(checkpoint.saved());
            } finally {
                writer.close();
            }
        }
    }
}
