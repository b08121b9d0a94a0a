package io.kafkabridge.common;

import java.time.Duration;

/** Lets a log line come at once, and then once a minute at most. For one thread. */
public final class OncePerMinute {

    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    private long next = System.nanoTime();

    /** Whether the line may come now; then it may not for a minute. */
    public boolean isDue() {
        final long now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        next = now + PERIOD;
        return true;
    }
}
