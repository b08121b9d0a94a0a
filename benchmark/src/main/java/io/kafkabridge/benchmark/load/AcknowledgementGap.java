package io.kafkabridge.benchmark.load;

/** How long a client has waited at most for its next acknowledgement. Times are those of {@link System#nanoTime}. */
final class AcknowledgementGap {

    private long latest;
    private long longest;

    AcknowledgementGap(long now) {
        begin(now);
    }

    /** Forgets what was; a gap that is going on counts from now. */
    void begin(long now) {
        latest = now;
        longest = 0;
    }

    void acknowledged(long now) {
        longest = longest(now);
        latest = now;
    }

    /** The longest gap so far, in nanoseconds, or the one that is going on. */
    long longest(long now) {
        return Math.max(longest, now - latest);
    }
}
