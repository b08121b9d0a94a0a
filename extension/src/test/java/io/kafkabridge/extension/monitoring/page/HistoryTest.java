package io.kafkabridge.extension.monitoring.page;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.delivery.DeliveryState;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTest {

    private final History history = new History();

    @Test
    void points_areRatesBetweenSamples_andBounded() {
        // When
        for (int second = 0; second <= 700; second++) {
            history.add(sample(second, 10L * second, 7L * second, second == 650 ? 3 : 0));
        }

        // Then
        assertThat(history.points()).hasSize(600).allSatisfy(point -> assertThat(point.in())
                .isEqualTo(10));
        assertThat(history.points().get(599)).isEqualTo(new History.Point(10, 7, 5, 0));
        assertThat(history.rejected()).isEqualTo(3);
        assertThat(history.rate(5, Sample::received)).isEqualTo(10);
    }

    @Test
    void countersThatBeginAnew_areNoNegativeRates() {
        // When
        history.add(sample(0, 1000, 1000, 0));
        history.add(sample(1, 10, 10, 0));

        // Then
        assertThat(history.points()).containsExactly(new History.Point(0, 0, 5, 0));
        assertThat(history.rate(5, Sample::received)).isZero();
    }

    @Test
    void nothingYet_isZero() {
        assertThat(history.rate(5, Sample::received)).isZero();
        assertThat(history.points()).isEmpty();
    }

    private static Sample sample(final int second, final long received, final long forwarded, final long rejected) {
        return new Sample(
                second * 1_000_000_000L,
                received,
                forwarded,
                rejected,
                0,
                Map.of("c1", Statuses.of(DeliveryState.LIVE, Duration.ZERO, 5, 5, 5)),
                Map.of());
    }
}
