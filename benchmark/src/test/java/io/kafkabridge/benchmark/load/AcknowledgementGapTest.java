package io.kafkabridge.benchmark.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcknowledgementGapTest {

    @Test
    void longest_withAcknowledgements_isTheLongestPauseBetweenTwo() {
        // Given
        AcknowledgementGap gap = new AcknowledgementGap(100);

        // When
        gap.acknowledged(110);
        gap.acknowledged(150);
        gap.acknowledged(155);

        // Then
        assertThat(gap.longest(160)).isEqualTo(40);
    }

    @Test
    void longest_withoutAcknowledgement_isThePauseThatGoesOn() {
        // Given
        AcknowledgementGap gap = new AcknowledgementGap(100);

        // When
        gap.acknowledged(110);

        // Then
        assertThat(gap.longest(170)).isEqualTo(60);
    }

    @Test
    void begin_afterAGap_countsFromThen() {
        // Given
        AcknowledgementGap gap = new AcknowledgementGap(-50);
        gap.acknowledged(100);

        // When
        gap.begin(120);

        // Then
        assertThat(gap.longest(125)).isEqualTo(5);
    }
}
