package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;

/**
 * Finds out what a spool holds that was left behind, by a crash perhaps. Only the last segment is looked through: a batch is
 * safe before the next is written, so only the last can be torn.
 *
 * @param segments what is there; of the last one, what is valid
 * @param checkpoint the checkpoint
 * @param mark the spool's mark
 * @param start the first offset that isn't consumed
 * @param end the offset of the next record
 * @param resumable the segment to go on with; null when a new one must be begun
 */
record Recovery(
        Segments segments,
        Checkpoint checkpoint,
        long mark,
        long start,
        long end,
        @Nullable Segment resumable) {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** What the last segment turned out to be. */
    private record Last(long end, @Nullable Segment resumable) {}

    static Recovery run(final Path folder, final Disk disk) throws IOException {
        final Segments segments = Segments.list(folder, disk);
        final Optional<Checkpoint.Saved> saved = Checkpoint.load(folder, disk);
        final long mark = saved.isPresent() ? saved.get().mark() : findMark(segments, disk);
        final Checkpoint checkpoint = new Checkpoint(folder, saved, mark, disk);
        final Segment last = segments.last();
        if (last == null) {
            final long offset = saved.map(Checkpoint.Saved::offset).orElse(0L);
            return new Recovery(segments, checkpoint, mark, offset, offset, null);
        }
        final Last found = recover(segments, last, new BatchFormat(mark), disk);
        final long start;
        if (saved.isPresent()) {
            start = saved.get().offset();
        } else {
            start = segments.all().iterator().next().base();
            LOG.warn(
                    "The spool {} has no usable checkpoint: its records are delivered from the first one on, offset {};"
                            + " some of them may be in Kafka already.",
                    folder,
                    start);
        }
        // What is consumed was there, even if the disk has forgotten it: its offsets aren't used again.
        return new Recovery(segments, checkpoint, mark, start, Math.max(start, found.end()), found.resumable());
    }

    /** The mark of a spool without a checkpoint: that of its batches, or a new one when it has none. */
    private static long findMark(final Segments segments, final Disk disk) throws IOException {
        for (final Segment segment : segments.all()) {
            try (SegmentScan scan = new SegmentScan(segment, new BatchFormat(BatchFormat.ANY_MARK), disk)) {
                final SegmentScan.Batch batch = scan.next(segment.safe().size(), Long.MAX_VALUE);
                if (batch != null) {
                    return BatchFormat.mark(batch.bytes());
                }
            }
        }
        return new SecureRandom().nextLong() >>> 1;
    }

    private static Last recover(final Segments segments, final Segment last, final BatchFormat format, final Disk disk)
            throws IOException {
        final long size = last.safe().size();
        boolean damaged = false;
        final long good;
        final long end;
        try (SegmentScan scan = new SegmentScan(last, format, disk)) {
            long at = 0;
            SegmentScan.Batch batch = scan.next(size, Long.MAX_VALUE);
            while (batch != null) {
                damaged |= batch.at() > at;
                at = scan.position();
                batch = scan.next(size, Long.MAX_VALUE);
            }
            good = scan.position();
            end = scan.expected();
        }
        settle(segments, last, good, disk);
        if (good < size) {
            LOG.info(
                    "Cut {} off the spool's last segment {}: a batch that wasn't safe yet when the broker stopped.",
                    Wording.bytes(size - good),
                    last.path());
        }
        segments.resize(last, new Segment.Extent(good, end));
        return new Last(end, damaged ? null : last);
    }

    /** Cuts off what isn't valid, and makes safe what is: the crash may have come between the write and its fsync. */
    private static void settle(final Segments segments, final Segment segment, final long size, final Disk disk)
            throws IOException {
        try (FileChannel channel = disk.open(segment.path(), StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
        disk.sync(segments.folder());
    }
}
