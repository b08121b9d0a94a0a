package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.LimitedLog;

/** The thread of a delivery: does what may wait, again and again, until it is stopped. No error ends it before. */
final class DeliveryThread {

    /** What the thread does. */
    interface Work {

        /** Does what there is to do; returns whether nothing is left but to wait. */
        boolean step();

        /** Begins to stop; {@link #step} ends it. */
        void stop();

        /** Whether it has stopped. */
        boolean hasStopped();
    }

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryThread.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration STOPPING_TICK = Duration.ofMillis(5);
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** A thread that has only met errors for so long doesn't do its work. */
    private static final long FAILING = Duration.ofSeconds(10).toNanos();

    private final String cluster;
    private final LimitedLog<Throwable> errors = new LimitedLog<>(this::tell);
    private final Work work;
    private final Runnable onEnd;
    private final LongSupplier clock;
    private final Thread thread;
    private volatile @Nullable DeliveryThread predecessor;
    private volatile boolean stopping;
    private volatile boolean failing;
    private volatile long failingSince;

    /**
     * Makes a thread, which doesn't run before {@link #start}.
     *
     * @param onEnd runs at the end of the thread, when the work has stopped
     * @param clock {@link System#nanoTime}
     */
    DeliveryThread(final String cluster, final Work work, final Runnable onEnd, final LongSupplier clock) {
        this.cluster = cluster;
        this.work = work;
        this.onEnd = onEnd;
        this.clock = clock;
        thread = new Thread(this::run, "hivemq-kafka-bridge-" + cluster);
        thread.setDaemon(true);
    }

    /** Starts; the work begins when the predecessor, if there is one, has ended. */
    void start(final @Nullable DeliveryThread after) {
        predecessor = after;
        thread.start();
    }

    /** Makes the thread look for work now. Any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Begins to stop. */
    void stop() {
        stopping = true;
        wake();
    }

    /** Whether the thread does its work, as far as is known: it hasn't met an error at every step for a while. Any thread. */
    boolean isWorking() {
        return !failing || clock.getAsLong() - failingSince < FAILING;
    }

    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    private void run() {
        try {
            final DeliveryThread before = predecessor;
            if (before != null) {
                before.awaitEnd();
                predecessor = null; // Let it be collected.
            }
            // Whoever stops the delivery waits for its end: that must come when nothing but errors does.
            while (!work.hasStopped() && !(stopping && !isWorking())) {
                LockSupport.parkNanos(this, step().toNanos());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody does that.
        } finally {
            onEnd.run();
        }
    }

    /** Does what there is to do; returns how long there is nothing more, unless somebody wakes the thread. */
    Duration step() {
        try {
            if (stopping) {
                work.stop();
            }
            final boolean waits = work.step();
            failing = false;
            return stopping ? STOPPING_TICK : waits ? IDLE : TICK;
        } catch (final RuntimeException | Error e) {
            if (!failing) {
                failingSince = clock.getAsLong();
                failing = true;
            }
            addSafely(e);
            return TICK;
        }
    }

    private void tell(final long count, final Throwable error) {
        LOG.error(
                "The delivery to Kafka cluster '{}' goes on after an unexpected error. Please report it.",
                cluster,
                error);
    }

    private void addSafely(final Throwable error) {
        try {
            errors.add(error);
        } catch (final RuntimeException | Error again) {
            failing = true; // No memory for the line, say. The thread must go on.
        }
    }
}
