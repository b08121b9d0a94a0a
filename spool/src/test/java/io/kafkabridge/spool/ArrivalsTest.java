package io.kafkabridge.spool;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals(Disk.REAL);

    @Test
    void oldest_isTheAgeOfTheFirstRecordThatIsLeft() {
        // Given
        arrivals.add(0, Duration.ofSeconds(100));
        arrivals.add(10, Duration.ofSeconds(50));
        arrivals.add(20, Duration.ZERO);

        // When and Then
        assertThat(arrivals.oldest()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(110));
        arrivals.remove(15, 25);
        assertThat(arrivals.oldest()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        arrivals.remove(20, 25);
        assertThat(arrivals.oldest()).isLessThan(Duration.ofSeconds(10));
        arrivals.remove(25, 25);
        assertThat(arrivals.oldest()).isZero();
    }

    @Test
    void recordThatComesWhileTheRestIsRemoved_keepsItsMark() {
        // Given
        arrivals.add(7, Duration.ofSeconds(9));

        // When: the spool's end isn't moved on yet.
        arrivals.remove(7, 7);

        // Then
        assertThat(arrivals.oldest()).isGreaterThanOrEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void manyMarks_areThinnedAndStayRight() {
        // Given
        final int seconds = 5_000;
        for (int i = 0; i < seconds; i++) {
            arrivals.add(i, Duration.ofSeconds(seconds - i));
        }

        // When
        arrivals.remove(seconds / 2, seconds);

        // Then
        assertThat(arrivals.oldest()).isBetween(Duration.ofSeconds(seconds / 2), Duration.ofSeconds(seconds / 2 + 10));
    }
}
