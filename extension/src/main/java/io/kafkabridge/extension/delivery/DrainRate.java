package io.kafkabridge.extension.delivery;

import java.time.Duration;

/** How many records leave a spool in a second, over the last seconds. The delivery's thread looks, any thread may ask. */
final class DrainRate {

    private static final long WINDOW = Duration.ofSeconds(2).toNanos();

    private long offsetBefore = -1;
    private long timeBefore;
    private volatile double rate;

    /** The first offset that isn't in Kafka is this now. */
    void look(final long offset) {
        final long now = System.nanoTime();
        if (offsetBefore < 0) {
            offsetBefore = offset;
            timeBefore = now;
        } else if (now - timeBefore >= WINDOW) {
            rate = (offset - offsetBefore) * (double) Duration.ofSeconds(1).toNanos() / (now - timeBefore);
            offsetBefore = offset;
            timeBefore = now;
        }
    }

    /** Records in a second. */
    double perSecond() {
        return rate;
    }
}
