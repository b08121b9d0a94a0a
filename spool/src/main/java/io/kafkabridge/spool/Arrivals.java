package io.kafkabridge.spool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * When the records of a spool came, about: a mark a second, fewer when there are too many of them. The records' own timestamps
 * don't tell; a mapping may take them from the publish. Thread-safe.
 */
final class Arrivals {

    private static final int MAX_MARKS = 1_000;

    private record Mark(long offset, long nanos) {}

    private final Disk disk;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long spacing = Duration.ofSeconds(1).toNanos();

    Arrivals(final Disk disk) {
        this.disk = disk;
    }

    /** Records from that offset on are in the spool, and came so long ago. */
    synchronized void add(final long offset, final Duration age) {
        final long nanos = disk.nanoTime() - age.toNanos();
        final @Nullable Mark last = marks.peekLast();
        if (last == null || nanos - last.nanos() >= spacing) {
            marks.addLast(new Mark(offset, nanos));
            if (marks.size() > MAX_MARKS) {
                thin();
            }
        }
    }

    private void thin() {
        spacing *= 2;
        boolean keep = true;
        for (final Iterator<Mark> each = marks.iterator(); each.hasNext(); keep = !keep) {
            each.next();
            if (!keep) {
                each.remove();
            }
        }
    }

    /** The records before the start have left the spool, which ends at the end. */
    synchronized void remove(final long start, final long end) {
        Mark first = marks.peekFirst();
        while (first != null && first.offset() < start) {
            marks.removeFirst();
            final @Nullable Mark second = marks.peekFirst();
            if (start < end && (second == null || second.offset() > start)) {
                marks.addFirst(first); // The records from the start on came after it, and before the second.
                return;
            }
            first = second;
        }
    }

    /** The age of the oldest record; zero when there is none. */
    synchronized Duration oldest() {
        final @Nullable Mark first = marks.peekFirst();
        return first == null ? Duration.ZERO : Duration.ofNanos(disk.nanoTime() - first.nanos());
    }
}
