package io.kafkabridge.extension.delivery.spooled;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DrainProgressTest {

    private static final int LARGE = 64 << 10;

    private final DrainProgress progress = new DrainProgress();

    private DrainProgress.Group send(final long offset, final int size) {
        final DrainProgress.Group group = progress.growing();
        group.recordStarted(size);
        progress.sent(offset, size);
        return group;
    }

    @Test
    void advance_withALaterGroupDoneFirst_waitsForTheFirst() {
        // Given
        final DrainProgress.Group first = send(10, LARGE);
        final DrainProgress.Group second = send(11, LARGE);

        // When
        second.recordDone(LARGE);

        // Then
        assertThat(progress.advance()).isEqualTo(-1);
        assertThat(progress.inFlight()).isEqualTo(LARGE);

        // When
        first.recordDone(LARGE);

        // Then
        assertThat(progress.advance()).isEqualTo(12);
        assertThat(progress.isEmpty()).isTrue();
        assertThat(progress.inFlight()).isZero();
    }

    @Test
    void advance_withAGroupThatGrows_waitsUntilItIsSealed() {
        // Given
        final DrainProgress.Group group = send(0, 10);
        send(1, 10);
        group.recordDone(10);
        group.recordDone(10);
        assertThat(progress.advance()).isEqualTo(-1);

        // When
        progress.seal();

        // Then
        assertThat(progress.advance()).isEqualTo(2);
    }

    @Test
    void record_thatTheProducerDidNotTake_isNotPassedOver() {
        // Given
        final DrainProgress.Group group = send(0, 10);
        group.recordStarted(10);

        // When: the second record is refused
        group.recordDone(10);
        group.recordDone(10);
        progress.seal();

        // Then
        assertThat(progress.advance()).isEqualTo(1);
    }

    @Test
    void seal_ofAGroupWithoutARecord_keepsItForTheNext() {
        // Given
        final DrainProgress.Group group = progress.growing();

        // When
        progress.seal();

        // Then
        assertThat(progress.growing()).isSameAs(group);
        assertThat(progress.isEmpty()).isTrue();
        assertThat(progress.advance()).isEqualTo(-1);
    }
}
