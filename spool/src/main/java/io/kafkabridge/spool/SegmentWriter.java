package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends to the last segment. For the appender's thread, or under {@link Spool}'s lock while it isn't appending. */
final class SegmentWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    /** The JDK keeps a buffer as large as the largest write for each thread, so a write isn't larger than this. */
    private static final int WRITE_BYTES = 1 << 18;

    private final Segments segments;
    private final Disk disk;
    private final int segmentBytes;
    private @Nullable Segment segment;
    private @Nullable FileChannel channel;

    /** Bytes of the segment up to the end of the batch that was written last. */
    private long written;

    SegmentWriter(final Segments segments, final Disk disk, final int segmentBytes) {
        this.segments = segments;
        this.disk = disk;
        this.segmentBytes = segmentBytes;
    }

    /** Goes on with a segment that was there before. */
    void resume(final Segment last) {
        segment = last;
    }

    /** Whether the next batch needs a {@link #roll new segment}. */
    boolean mustRoll() {
        return segment == null || segment.safe().size() >= segmentBytes;
    }

    /** Begins a segment. Its folder is there. */
    void roll(final long base) throws IOException {
        close();
        final Path path = Segment.path(segments.folder(), base);
        // A file of that name holds nothing safe: an append to it, or its beginning, failed.
        disk.delete(path);
        channel = disk.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        disk.sync(segments.folder());
        segment = new Segment(segments.folder(), base, new Segment.Extent(0, base));
        segments.add(segment);
    }

    /**
     * Appends a batch and makes it safe. Readers find it once it is {@link #show shown}.
     *
     * @param batch the batch
     * @throws IOException when it may not be safe; then it isn't there
     */
    void write(final ByteBuffer batch) throws IOException {
        final Segment target = Objects.requireNonNull(segment);
        final long good = target.safe().size();
        final long size = batch.remaining();
        if (channel == null) {
            channel = disk.open(target.path(), StandardOpenOption.WRITE);
        }
        final FileChannel file = channel;
        boolean complete = false;
        boolean safe = false;
        try {
            writeAll(file, batch, good);
            complete = true;
            file.force(true);
            safe = true;
        } finally {
            if (!safe) {
                // After a failed fsync, a later one may report success for pages that never reached the disk.
                undo(file, good, !complete);
            }
        }
        written = good + size;
    }

    /**
     * Shows readers the batch that was written last.
     *
     * @param end offset after its last record
     */
    void show(final long end) {
        segments.resize(Objects.requireNonNull(segment), new Segment.Extent(written, end));
    }

    /** Writes all bytes to a place of a file. */
    static void writeAll(final FileChannel file, final ByteBuffer bytes, final long at) throws IOException {
        final int limit = bytes.limit();
        final int start = bytes.position();
        while (bytes.position() < limit) {
            bytes.limit(Math.min(limit, bytes.position() + WRITE_BYTES));
            if (file.write(bytes, at + bytes.position() - start) <= 0) {
                throw new IOException("The disk took no more bytes");
            }
        }
    }

    private void undo(final FileChannel file, final long good, final boolean trusted) {
        boolean usable = trusted;
        try {
            file.truncate(good);
        } catch (final IOException e) {
            usable = false;
            LOG.debug("Can't cut off what was written in vain", e);
        }
        if (!usable) {
            try {
                close();
            } catch (final IOException e) {
                LOG.debug("Can't close a segment that isn't used any more", e);
            }
        }
    }

    /** Forgets the segment, so that the next batch begins a new one. */
    @Override
    public void close() throws IOException {
        final FileChannel file = channel;
        segment = null;
        channel = null;
        if (file != null) {
            file.close();
        }
    }
}
