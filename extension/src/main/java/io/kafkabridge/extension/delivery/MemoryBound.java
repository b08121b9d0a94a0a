package io.kafkabridge.extension.delivery;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the memory of the records on their way to a cluster. QoS 0 gets half of it. What is acknowledged gets all of it, and
 * then the spool takes over; when not even the disk keeps up, as much again. Thread-safe.
 */
final class MemoryBound {

    /** What to do with a record. */
    enum Verdict {
        /** Take it. */
        ADMITTED,
        /** Take it, and let the spool take over. */
        SPOOL,
        /** There is no room for it. */
        REFUSED
    }

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder records = new LongAdder();

    MemoryBound(final long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Counts a record, which is on its way from now on, whatever the verdict. */
    Verdict add(final long size, final Persistence persistence) {
        records.increment();
        final long now = bytes.addAndGet(size);
        if (now <= maxBytes / 2) {
            return Verdict.ADMITTED;
        }
        final boolean refused =
                switch (persistence) {
                    case BEST_EFFORT -> true;
                    case OR_FAIL -> now > 2 * maxBytes;
                    case UNTIL_SAFE -> false;
                };
        if (refused) {
            return Verdict.REFUSED;
        }
        return now > maxBytes ? Verdict.SPOOL : Verdict.ADMITTED;
    }

    /** A record of that size isn't on its way any more. */
    void release(final long size) {
        bytes.addAndGet(-size);
        records.decrement();
    }

    /** How many records are on their way, about: they are counted while it is asked. */
    long records() {
        return records.sum();
    }

    long bytes() {
        return bytes.get();
    }

    /** Whether more than three quarters are free. */
    boolean isMostlyFree() {
        return bytes.get() < maxBytes / 4;
    }
}
