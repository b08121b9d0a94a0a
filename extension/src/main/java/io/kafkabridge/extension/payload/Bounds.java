package io.kafkabridge.extension.payload;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What one publish's JSON may take, since it runs on HiveMQ's threads: time, and depth of the call stack. The first
 * {@link #LIMIT} is by the clock, which is cheap to read; whoever is over it may have been interrupted by the garbage
 * collector, so it gets as much again, of the processor's time. For one thread.
 */
final class Bounds {

    static final Duration LIMIT = Duration.ofMillis(100);

    /** Of nested evaluations. */
    private static final int MAX_DEPTH = 300;

    /** Reading the clock takes as long as a small step. */
    private static final int STEPS_BETWEEN_CHECKS = 16;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long NONE = -1;

    /** Something took too much. Its message says what. */
    static final class ExceededException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ExceededException(final String reason) {
            super(reason, null, false, false);
        }
    }

    private final long deadline = System.nanoTime() + LIMIT.toNanos();
    private long processorDeadline = NONE;
    private int depth;
    private int steps;

    /** Begins a step inside of the last one. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new ExceededException("it calls itself too deep");
        }
        step();
    }

    /** Ends a step. */
    void leave() {
        depth--;
    }

    /** Takes a step that doesn't go deeper. */
    void step() {
        if (++steps % STEPS_BETWEEN_CHECKS == 0 && System.nanoTime() - deadline >= 0) {
            checkProcessorTime();
        }
    }

    private void checkProcessorTime() {
        final long now =
                THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
        if (processorDeadline == NONE) {
            processorDeadline = now + LIMIT.toNanos();
        } else if (now - processorDeadline >= 0) {
            throw new ExceededException("it takes longer than " + LIMIT.toMillis() + " ms");
        }
    }
}
