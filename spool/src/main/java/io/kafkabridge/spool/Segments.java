package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of a spool in their order. Any thread may ask; {@link Spool} sees to it that changes don't meet. */
final class Segments {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final Path folder;
    private final Disk disk;
    private final NavigableMap<Long, Segment> byBase = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();

    private Segments(final Path folder, final Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Lists the segments of a folder, as large as their files are. A folder that isn't there has none. */
    static Segments list(final Path folder, final Disk disk) throws IOException {
        final Segments segments = new Segments(folder, disk);
        for (final Path file : disk.files(folder)) {
            final Long base = Segment.base(file).orElse(null);
            if (base != null) {
                segments.add(new Segment(folder, base, new Segment.Extent(disk.size(file), Long.MAX_VALUE)));
            }
        }
        return segments;
    }

    Path folder() {
        return folder;
    }

    /** Where damaged segments end up. */
    Path corruptFolder() {
        return folder.resolve("corrupt");
    }

    Iterable<Segment> all() {
        return byBase.values();
    }

    /** How long ago the first segment was begun, by the clock of the disk. */
    Duration ageOfFirst() {
        try {
            final Duration age = disk.age(byBase.firstEntry().getValue().path());
            return age.isNegative() ? Duration.ZERO : age;
        } catch (final IOException e) {
            return Duration.ZERO; // Nothing else depends on it.
        }
    }

    boolean isEmpty() {
        return byBase.isEmpty();
    }

    long bytes() {
        return bytes.get();
    }

    /** Adds a segment, instead of one of the same base, if there is one. */
    void add(final Segment segment) {
        final Segment before = byBase.put(segment.base(), segment);
        bytes.addAndGet(
                segment.safe().size() - (before == null ? 0 : before.safe().size()));
    }

    /** Says that more of a segment is safe, or less. */
    void resize(final Segment segment, final Segment.Extent safe) {
        bytes.addAndGet(safe.size() - segment.safe().size());
        segment.safe(safe);
    }

    @Nullable
    Segment last() {
        final Map.Entry<Long, Segment> last = byBase.lastEntry();
        return last == null ? null : last.getValue();
    }

    /** The segment that an offset belongs to, or the first one when the offset lies before all. */
    @Nullable
    Segment at(final long offset) {
        final Map.Entry<Long, Segment> at = byBase.floorEntry(offset);
        final Map.Entry<Long, Segment> found = at == null ? byBase.firstEntry() : at;
        return found == null ? null : found.getValue();
    }

    /** The base of the segment behind another; null when that is the last. */
    @Nullable
    Long baseAfter(final Segment segment) {
        return byBase.higherKey(segment.base());
    }

    /** Whether a segment lies wholly before an offset and isn't the last. */
    boolean anyBefore(final long offset) {
        final Map.Entry<Long, Segment> first = byBase.firstEntry();
        if (first == null) {
            return false;
        }
        final Long next = byBase.higherKey(first.getKey());
        return next != null && next <= offset;
    }

    /** Removes the segments that lie wholly before an offset, except the last. */
    void removeBefore(final long offset) throws IOException {
        while (anyBefore(offset)) {
            remove(byBase.firstEntry().getValue());
        }
    }

    /** Removes all segments. */
    void removeAll() throws IOException {
        for (final Segment segment : byBase.values()) {
            remove(segment);
        }
    }

    private void remove(final Segment segment) throws IOException {
        if (segment.damaged()) {
            setAside(segment);
        } else {
            disk.delete(segment.path());
        }
        byBase.remove(segment.base());
        bytes.addAndGet(-segment.safe().size());
    }

    private void setAside(final Segment segment) throws IOException {
        disk.createFolder(corruptFolder());
        final String name = segment.path().getFileName().toString();
        // Offsets start again at 0 when somebody empties the folder.
        for (int copy = 0; ; copy++) {
            try {
                disk.move(segment.path(), corruptFolder().resolve(copy == 0 ? name : name + "." + copy));
                break;
            } catch (final NoSuchFileException e) {
                return; // Somebody took it away already.
            } catch (final FileAlreadyExistsException e) {
                LOG.debug("There is a {} already", name);
            }
        }
        disk.sync(corruptFolder());
    }
}
