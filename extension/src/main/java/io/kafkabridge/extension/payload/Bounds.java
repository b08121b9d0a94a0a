package io.kafkabridge.extension.payload;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What one publish's JSON may take, since it runs on HiveMQ's threads: time, memory, and depth of the call stack. The first
 * {@link #LIMIT} is by the clock, which is cheap to read; whoever is over it may have been interrupted by the garbage
 * collector, so it gets as much again, of the processor's time. For one thread.
 */
final class Bounds {

    static final Duration LIMIT = Duration.ofMillis(100);

    /**
     * How long a text, and a record's value, may become, in characters and bytes. Kafka's brokers take records of 1 MiB unless they are told
     * otherwise ({@code message.max.bytes}), and nobody tells them 16 times as much.
     */
    static final int MAX_LENGTH = 16 << 20;

    /** Of nested evaluations. */
    private static final int MAX_DEPTH = 300;

    /** Of nested arrays and objects that an expression makes. What reads JSON seldom takes more (Jackson: 1000). */
    static final int MAX_NESTING = 1000;

    /** What all texts and lists that an expression makes may take together, in bytes, garbage or not. */
    private static final long MAX_MEMORY = 64L << 20;

    /** Of a list's element, or of a member of an object. */
    private static final int BYTES_PER_ELEMENT = 8;

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

    private final long limit;
    private final long deadline;
    private long processorDeadline = NONE;
    private long memory;
    private int depth;
    private int nesting;
    private int stepsToCheck = STEPS_BETWEEN_CHECKS;

    Bounds() {
        this(LIMIT);
    }

    /** With another limit. */
    Bounds(final Duration limit) {
        this.limit = limit.toNanos();
        deadline = System.nanoTime() + this.limit;
    }

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
        if (--stepsToCheck <= 0) {
            stepsToCheck = STEPS_BETWEEN_CHECKS;
            if (System.nanoTime() - deadline >= 0) {
                checkProcessorTime();
            }
        }
    }

    /** Goes into an array or object. */
    void nest() {
        if (++nesting > MAX_NESTING) {
            throw new ExceededException("it nests arrays and objects deeper than " + MAX_NESTING);
        }
        step();
    }

    /** Comes out of it. */
    void unnest() {
        nesting--;
    }

    /** Puts so many elements into lists or objects. */
    void grow(final int elements) {
        stepsToCheck -= elements >> 4; // Copying is quicker than a step.
        allocate((long) elements * BYTES_PER_ELEMENT);
        step();
    }

    /** Before a text of that length is made. */
    void text(final long length) {
        if (length > MAX_LENGTH) {
            throw new ExceededException("it makes a text of more than " + (MAX_LENGTH >> 20) + " MiB");
        }
        allocate(length);
        step();
    }

    private void allocate(final long bytes) {
        memory += bytes;
        if (memory > MAX_MEMORY) {
            throw new ExceededException("it takes more than " + (MAX_MEMORY >> 20) + " MiB of memory");
        }
    }

    private void checkProcessorTime() {
        final long now =
                THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
        if (processorDeadline == NONE) {
            processorDeadline = now + limit;
        } else if (now - processorDeadline >= 0) {
            throw new ExceededException("it takes longer than " + LIMIT.toMillis() + " ms");
        }
    }
}
