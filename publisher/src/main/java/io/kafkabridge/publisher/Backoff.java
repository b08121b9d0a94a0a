package io.kafkabridge.publisher;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Growing waits between attempts: doubled each time from 1 to 30 s, and a fifth more or less, so that many publishers
 * don't come back in the same moment.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;

    private long millis = FIRST_MILLIS;

    Duration next() {
        long wait = Math.round(millis * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
        millis = Math.min(millis * 2, LONGEST_MILLIS);
        return Duration.ofMillis(wait);
    }

    /** All is well again. */
    void reset() {
        millis = FIRST_MILLIS;
    }
}
