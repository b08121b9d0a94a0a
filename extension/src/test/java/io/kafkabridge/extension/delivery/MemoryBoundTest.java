package io.kafkabridge.extension.delivery;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.delivery.MemoryBound.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryBoundTest {

    private final MemoryBound memory = new MemoryBound(100);

    @Test
    void qos0_getsHalfOfIt() {
        assertThat(memory.add(50, Persistence.BEST_EFFORT)).isEqualTo(Verdict.ADMITTED);
        assertThat(memory.add(1, Persistence.BEST_EFFORT)).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void whatIsAcknowledged_getsAllOfIt_thenTheSpool_thenAsMuchAgain() {
        assertThat(memory.add(100, Persistence.OR_FAIL)).isEqualTo(Verdict.ADMITTED);
        assertThat(memory.add(1, Persistence.OR_FAIL)).isEqualTo(Verdict.SPOOL);
        assertThat(memory.add(99, Persistence.OR_FAIL)).isEqualTo(Verdict.SPOOL);
        assertThat(memory.add(1, Persistence.OR_FAIL)).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void whatNobodySendsAgain_isNeverRefused() {
        assertThat(memory.add(1_000, Persistence.UNTIL_SAFE)).isEqualTo(Verdict.SPOOL);
        assertThat(memory.add(1_000, Persistence.UNTIL_SAFE)).isEqualTo(Verdict.SPOOL);
    }

    @Test
    void release_makesRoom_alsoOfWhatWasRefused() {
        // Given
        memory.add(200, Persistence.OR_FAIL);
        assertThat(memory.add(10, Persistence.OR_FAIL)).isEqualTo(Verdict.REFUSED);
        assertThat(memory.records()).isEqualTo(2);
        assertThat(memory.bytes()).isEqualTo(210);
        assertThat(memory.isMostlyFree()).isFalse();

        // When
        memory.release(10);
        memory.release(200);

        // Then
        assertThat(memory.records()).isZero();
        assertThat(memory.bytes()).isZero();
        assertThat(memory.isMostlyFree()).isTrue();
        assertThat(memory.add(10, Persistence.BEST_EFFORT)).isEqualTo(Verdict.ADMITTED);
    }
}
