package io.kafkabridge.extension.monitoring.metrics;

import java.util.concurrent.TimeUnit;

import com.codahale.metrics.Snapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyTimerTest {

    private final LatencyTimer timer = new LatencyTimer();

    @Test
    void quantiles_areThoseOfAllValues_withinOnePercent() {
        // Given
        for (int millis = 1; millis <= 1_000; millis++) {
            timer.record(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        // When
        final Snapshot snapshot = timer.getSnapshot();

        // Then
        assertThat(snapshot.getMedian()).isCloseTo(500e6, within(5e6));
        assertThat(snapshot.get99thPercentile()).isCloseTo(990e6, within(10e6));
        assertThat((double) snapshot.getMax()).isCloseTo(1_000e6, within(10e6));
        assertThat(snapshot.size()).isEqualTo(1_000);
        assertThat(timer.getCount()).isEqualTo(1_000);
    }

    @Test
    void look_takesNothingAwayFromTheNext() {
        // Given
        timer.record(1_000_000);

        // When
        timer.getSnapshot();
        timer.record(3_000_000);

        // Then
        assertThat(timer.getSnapshot().size()).isEqualTo(2);
    }

    @Test
    void whatIsOutOfRange_isCountedAtItsEnds() {
        // When
        timer.record(1);
        timer.record(TimeUnit.DAYS.toNanos(1));

        // Then
        assertThat(timer.getSnapshot().getMin()).isEqualTo(1_000);
        assertThat(timer.getSnapshot().getMax()).isBetween(TimeUnit.MINUTES.toNanos(60), TimeUnit.MINUTES.toNanos(61));
    }

    @Test
    void emptyTimer_showsZeros() {
        final Snapshot snapshot = timer.getSnapshot();
        assertThat(snapshot.getMax()).isZero();
        assertThat(snapshot.getMean()).isZero();
        assertThat(snapshot.get99thPercentile()).isZero();
    }
}
