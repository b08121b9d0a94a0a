package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a spool in order. For one thread, the drain's, while another appends. What can't be read because the disk lost it
 * is reported and left out.
 */
public final class SpoolReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

    /** Told when records were left out. */
    interface OnMissing {
        void run() throws IOException;
    }

    private final Segments segments;
    private final BatchFormat format;
    private final Disk disk;
    private final MissingRecords missing;
    private final OnMissing onMissing;
    private long position;
    private @Nullable Segment segment;
    private @Nullable SegmentScan scan;

    SpoolReader(
            final Segments segments,
            final BatchFormat format,
            final Disk disk,
            final MissingRecords missing,
            final OnMissing onMissing,
            final long position) {
        this.segments = segments;
        this.format = format;
        this.disk = disk;
        this.missing = missing;
        this.onMissing = onMissing;
        this.position = position;
    }

    /** Offset of the next record to be returned. */
    public long position() {
        return position;
    }

    /**
     * The records of the next batch. They are safe on the disk.
     *
     * @return the records in order; empty when there are no more yet
     * @throws IOException when the disk can't be read; the next call tries it again
     */
    public List<SpooledRecord> next() throws IOException {
        while (true) {
            final Segment current = segments.at(position);
            if (current != segment) {
                // Closes a deleted file as well, whose space would stay taken otherwise.
                close();
            }
            if (current == null) {
                return List.of();
            }
            if (position < current.base()) {
                leaveOut(null, 0, position, current.base());
            }
            // In this order: once there is a next segment, this one doesn't grow.
            final Long nextBase = segments.baseAfter(current);
            final Segment.Extent safe = current.safe();
            final long limit = nextBase == null ? safe.end() : nextBase;
            if (position >= limit) {
                return List.of();
            }
            final List<SpooledRecord> records = read(current, safe.size(), limit);
            if (!records.isEmpty()) {
                return records;
            }
        }
    }

    /** Reads a batch; empty when it has no record from the position on, or when there is no batch. */
    private List<SpooledRecord> read(final Segment current, final long size, final long limit) throws IOException {
        try {
            final SegmentScan batches = open(current);
            final long at = batches.position();
            final long expected = batches.expected();
            final SegmentScan.Batch batch = batches.next(size, limit);
            if (batch == null) {
                batches.skip(size, limit);
                leaveOut(at < size ? current : null, at, expected, limit);
                return List.of();
            }
            if (batch.at() > at) {
                leaveOut(current, at, expected, batch.header().base());
            }
            return decode(current, batch, limit);
        } catch (final NoSuchFileException e) {
            leaveOut(null, 0, position, limit);
            return List.of();
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    private SegmentScan open(final Segment current) throws IOException {
        SegmentScan batches = scan;
        if (batches == null) {
            batches = new SegmentScan(current, format, disk);
            scan = batches;
            segment = current;
        }
        return batches;
    }

    private List<SpooledRecord> decode(final Segment current, final SegmentScan.Batch batch, final long limit) {
        final long end = Math.min(batch.header().end(), limit);
        final List<SpooledRecord> records;
        try {
            records = end <= position ? List.of() : format.read(batch.bytes(), position, end);
        } catch (final RuntimeException e) {
            // Its CRC is right, but a spool didn't write it.
            leaveOut(current, batch.at(), batch.header().base(), end);
            return List.of();
        }
        position = Math.max(position, end);
        return records;
    }

    /** Leaves out what is missing: damage of a segment, or, without one, a file that is gone. */
    private void leaveOut(final @Nullable Segment damaged, final long at, final long from, final long to) {
        final long first = Math.min(Math.max(from, position), to);
        position = Math.max(position, to);
        if (damaged != null) {
            missing.damaged(damaged, at, first, to);
        } else if (first < to) {
            missing.gone(segments.folder(), first, to);
        }
        try {
            onMissing.run();
        } catch (final IOException e) {
            // It is tried again when the next records are consumed. Until then, they must come.
            LOG.debug("Can't remove what is missing", e);
        }
    }

    /** Closes the file. A reader that is asked again opens it again. */
    @Override
    public void close() throws IOException {
        final SegmentScan batches = scan;
        scan = null;
        segment = null;
        if (batches != null) {
            batches.close();
        }
    }
}
