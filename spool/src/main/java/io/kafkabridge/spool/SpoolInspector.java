package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.spool.BatchFormat.BatchHeader;
import io.kafkabridge.spool.SpoolInspection.Damage;

/**
 * Walks through the files of a spool that belongs to another process. A file that vanishes meanwhile is consumed; what is
 * incomplete at the very end is being written, or was never acknowledged. For one call.
 */
final class SpoolInspector {

    private final Path folder;
    private final boolean verify;
    private final List<Damage> damage = new ArrayList<>();
    private BatchFormat format = new BatchFormat(BatchFormat.ANY_MARK);
    private long start;
    private long records;
    private @Nullable Place first;
    private @Nullable Place last;

    /** Where a batch lies. */
    private record Place(Segment segment, long at, BatchHeader header) {}

    SpoolInspector(final Path folder, final boolean verify) {
        this.folder = folder;
        this.verify = verify;
    }

    SpoolInspection inspect() throws IOException {
        // In this order: what is deleted after the list was made is before the checkpoint.
        final Segments segments = Segments.list(folder, Disk.REAL);
        final Optional<Checkpoint.Saved> saved = Checkpoint.load(folder, Disk.REAL);
        final List<Segment> all = new ArrayList<>();
        segments.all().forEach(all::add);
        saved.ifPresent(checkpoint -> format = new BatchFormat(checkpoint.mark()));
        start = saved.map(Checkpoint.Saved::offset)
                .orElseGet(() -> all.isEmpty() ? 0 : all.get(0).base());
        if (!all.isEmpty() && start < all.get(0).base()) {
            missing(null, start, all.get(0).base());
        }
        for (int i = 0; i < all.size(); i++) {
            final boolean isLast = i == all.size() - 1;
            final long limit = isLast ? Long.MAX_VALUE : all.get(i + 1).base();
            if (limit > start) {
                walk(all.get(i), limit, isLast);
            }
        }
        return new SpoolInspection(
                records,
                segments.bytes(),
                all.size(),
                timestamp(first, true),
                timestamp(last, false),
                all.isEmpty()
                        ? Optional.empty()
                        : modified(all.get(all.size() - 1).path()),
                saved.filter(checkpoint -> checkpoint.offset() > 0)
                        .flatMap(ignored -> modified(folder.resolve("checkpoint"))),
                List.copyOf(damage),
                setAside(segments.corruptFolder()),
                segments.corruptFolder());
    }

    private void walk(final Segment segment, final long limit, final boolean isLast) throws IOException {
        final long size = segment.safe().size();
        try (SegmentScan scan = new SegmentScan(segment, format, Disk.REAL)) {
            boolean more = true;
            while (more) {
                final long at = scan.position();
                final long expected = scan.expected();
                final Place place = next(segment, scan, size, limit);
                if (place != null) {
                    missing(segment, expected, place.header().base());
                    count(place, limit);
                } else if (!isLast) {
                    missing(segment, expected, limit);
                }
                more = place != null && scan.position() > at;
            }
        } catch (final NoSuchFileException e) {
            start = Math.max(start, limit); // Consumed while this looks.
        }
    }

    private @Nullable Place next(final Segment segment, final SegmentScan scan, final long size, final long limit)
            throws IOException {
        final long at = scan.position();
        final BatchHeader header = verify ? null : scan.skim(size, limit);
        if (header != null) {
            return new Place(segment, at, header);
        }
        final SegmentScan.Batch batch = scan.next(size, limit);
        return batch == null ? null : new Place(segment, batch.at(), batch.header());
    }

    private void count(final Place place, final long limit) {
        final long from = Math.max(start, place.header().base());
        final long to = Math.min(limit, place.header().end());
        if (from < to) {
            records += to - from;
            first = first == null ? place : first;
            last = place;
        }
    }

    private void missing(final @Nullable Segment segment, final long from, final long to) {
        final long begin = Math.max(from, start);
        if (begin < to) {
            damage.add(new Damage(Optional.ofNullable(segment).map(Segment::path), begin, to - begin));
        }
    }

    /** The timestamp of the first record of a batch that waits, or of its last. */
    private Optional<Instant> timestamp(final @Nullable Place place, final boolean ofFirst) throws IOException {
        if (place == null) {
            return Optional.empty();
        }
        try (SegmentScan scan = new SegmentScan(place.segment(), format, Disk.REAL)) {
            scan.skip(place.at(), place.header().base());
            final SegmentScan.Batch batch = scan.next(place.segment().safe().size(), Long.MAX_VALUE);
            if (batch == null || batch.at() != place.at()) {
                return Optional.empty();
            }
            final List<SpooledRecord> read = format.read(batch.bytes(), start, Long.MAX_VALUE);
            return read.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(read.get(ofFirst ? 0 : read.size() - 1)
                                    .record()
                                    .timestamp())
                            .map(Instant::ofEpochMilli);
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> modified(final Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    private static int setAside(final Path corrupt) throws IOException {
        try (Stream<Path> files = Files.list(corrupt)) {
            return (int) files.count();
        } catch (final NoSuchFileException e) {
            return 0;
        }
    }
}
