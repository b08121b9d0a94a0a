package io.kafkabridge.extension.delivery.spooled;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Up to where Kafka has the records of a spool. Partitions answer in any order, so records are counted in groups of some
 * tens of kilobytes: what is before the first group with a record on its way needn't be read again. One for each attempt, which
 * begins where the one before got to. For the delivery's thread, where nothing else is said.
 */
final class DrainProgress {

    private static final int GROUP_BYTES = 64 << 10;

    /** Neighbours in the spool. */
    final class Group {

        /** The records on their way, and one more as long as the group grows. */
        private final AtomicInteger open = new AtomicInteger(1);

        private int bytes;
        private long end = -1;

        /** A record of that size is about to be sent. */
        void recordStarted(final int size) {
            open.incrementAndGet();
            inFlight.addAndGet(size);
        }

        /** Kafka has the record, or it was rejected, or the producer didn't take it. Any thread. */
        void recordDone(final int size) {
            inFlight.addAndGet(-size);
            open.decrementAndGet();
        }
    }

    private final AtomicLong inFlight = new AtomicLong();
    private final Deque<Group> groups = new ArrayDeque<>();
    private @Nullable Group growing;

    /** The group of the next record. */
    Group growing() {
        Group group = growing;
        if (group == null) {
            group = new Group();
            growing = group;
            groups.addLast(group);
        }
        return group;
    }

    /** The record at that offset is on its way, in the group that grows. */
    void sent(final long offset, final int bytes) {
        final Group group = growing();
        group.end = offset + 1;
        group.bytes += bytes;
        if (group.bytes >= GROUP_BYTES) {
            seal();
        }
    }

    /** Ends the group that grows. */
    void seal() {
        if (growing != null && growing.end >= 0) {
            growing.open.decrementAndGet();
            growing = null;
        }
    }

    /** The offset before which all is done, or -1 when that is no news. */
    long advance() {
        long end = -1;
        while (!groups.isEmpty() && groups.getFirst().open.get() == 0) {
            end = groups.removeFirst().end;
        }
        return end;
    }

    /** Whether nothing is on its way. */
    boolean isEmpty() {
        return groups.isEmpty() || groups.getFirst().end < 0;
    }

    /** Bytes on their way. Any thread. */
    long inFlight() {
        return inFlight.get();
    }
}
