package io.kafkabridge.benchmark.drain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DrainRateTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void perSecond_withLooks_isWhatCameBetweenFirstAndLatest() {
        // Given
        DrainRate rate = new DrainRate();

        // When
        rate.add(SECOND, 1000);
        rate.add(2 * SECOND, 5000);
        rate.add(5 * SECOND, 9000);

        // Then
        assertThat(rate.perSecond()).isEqualTo(2000);
    }

    @Test
    void removeLatest_leavesOutWhatCameAnotherWay() {
        // Given
        DrainRate rate = new DrainRate();
        rate.add(0, 1000);
        rate.add(SECOND, 3000);
        rate.add(2 * SECOND, 1_000_000);

        // When
        rate.removeLatest();

        // Then
        assertThat(rate.perSecond()).isEqualTo(2000);
    }

    @Test
    void perSecond_withOneLook_isNothing() {
        // Given
        DrainRate rate = new DrainRate();

        // When
        rate.add(0, 1000);

        // Then
        assertThat(rate.perSecond()).isZero();
    }
}
