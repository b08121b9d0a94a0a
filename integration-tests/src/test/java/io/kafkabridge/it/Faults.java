package io.kafkabridge.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often and how long faults happen. The short form runs in every build, the long one with {@code -P long-faults} or {@code
 * -Dfaults=long}. {@code -Dfaults.seed} repeats a run of {@link SoakIT}.
 */
final class Faults {

    /** Whether it is the long form. */
    static final boolean IS_LONG = "long".equals(System.getProperty("faults"));

    /** How often a broker is killed in one test. */
    static final int KILLS = IS_LONG ? 10 : 3;

    /** How long Kafka hangs once clients are acknowledged from the spool. */
    static final Duration PAUSE = Duration.ofSeconds(IS_LONG ? 30 : 4);

    /** How long the network swallows everything once clients are acknowledged from the spool. */
    static final Duration BLACK_HOLE = Duration.ofSeconds(IS_LONG ? 60 : 4);

    /** How long the network is slow. */
    static final Duration SLOWNESS = Duration.ofSeconds(IS_LONG ? 60 : 6);

    /** How long random faults go on. */
    static final Duration SOAK = Duration.ofSeconds(IS_LONG ? 600 : 30);

    /** The longest of the random faults. */
    static final Duration LONGEST = Duration.ofSeconds(IS_LONG ? 20 : 6);

    /** What the random faults are drawn from. */
    static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    private Faults() {}

    /** Lets a fault last: here the time itself is the condition. */
    static void last(final Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
