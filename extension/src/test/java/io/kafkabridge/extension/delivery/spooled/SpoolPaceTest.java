package io.kafkabridge.extension.delivery.spooled;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpoolPaceTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final AtomicBoolean mayWait = new AtomicBoolean(true);
    private final SpoolPace pace = new SpoolPace(mayWait::get);

    /** The shortest of some waits: on a busy machine a single one may take longer than it waits. */
    private Duration await(final long end) {
        Duration shortest = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            final long start = System.nanoTime();
            pace.await(end);
            final Duration waited = Duration.ofNanos(System.nanoTime() - start);
            shortest = waited.compareTo(shortest) < 0 ? waited : shortest;
        }
        return shortest;
    }

    @Test
    void commit_whileNothingIsDrained_doesNotWait() {
        assertThat(await(1_000_000)).isLessThan(PATIENCE);
    }

    @Test
    void commit_whileTheDrainIsSlower_waitsAsLongAsItMay() {
        // Given
        await(1_000);
        pace.drained(10);

        // When, Then
        assertThat(await(2_000)).isGreaterThanOrEqualTo(PATIENCE);
    }

    @Test
    void commit_whileTheDrainIsFaster_doesNotWait() {
        // Given
        await(1_000);
        pace.drained(1_000);

        // When, Then
        assertThat(await(1_100)).isLessThan(PATIENCE);
    }

    @Test
    void commit_ofMoreThanMemoryHasRoomFor_doesNotWait() {
        // Given
        await(1_000);
        pace.drained(10);
        mayWait.set(false);

        // When, Then
        assertThat(await(2_000)).isLessThan(PATIENCE);
    }
}
