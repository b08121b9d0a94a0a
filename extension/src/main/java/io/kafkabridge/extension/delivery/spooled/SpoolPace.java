package io.kafkabridge.extension.delivery.spooled;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets the drain of a spool win against its sources: while it is drained, a commit waits until {@value #FACTOR} times as many
 * records have left the spool as came, for {@value #PATIENCE_MILLIS} ms at most. Clients that wait for acknowledgements notice
 * a latency, and slow down; so the spool gets empty. Thread-safe.
 */
public final class SpoolPace {

    private static final long PATIENCE_MILLIS = 50;
    private static final long PATIENCE = Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    private static final long LOOK = Duration.ofMillis(1).toNanos();

    /** Without progress for so long it isn't drained, and nobody waits for it. */
    private static final long STALLED = Duration.ofMillis(500).toNanos();

    private static final int FACTOR = 8;

    private final BooleanSupplier mayWait;
    private volatile long drained;
    private volatile long lastProgress = System.nanoTime() - STALLED;

    /** The writer's thread only: where the current drain began. */
    private long drainedAtStart;

    private long endAtStart;

    /**
     * A pace.
     *
     * @param mayWait false while so much has arrived that it must be written now: QoS 0, which doesn't wait for anything
     */
    public SpoolPace(final BooleanSupplier mayWait) {
        this.mayWait = mayWait;
    }

    /** The drain has handed over all records before the offset. */
    void drained(final long offset) {
        drained = offset;
        lastProgress = System.nanoTime();
    }

    /**
     * Waits until the next commit may come. The writer's thread only.
     *
     * @param end the offset after the last record in the spool
     */
    void await(final long end) {
        final long start = System.nanoTime();
        if (isStalled(start)) {
            drainedAtStart = drained;
            endAtStart = end;
            return;
        }
        while (end - endAtStart > (drained - drainedAtStart) / FACTOR) {
            final long now = System.nanoTime();
            if (now - start >= PATIENCE || isStalled(now) || !mayWait.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(this, LOOK);
        }
    }

    private boolean isStalled(final long now) {
        return now - lastProgress >= STALLED;
    }
}
