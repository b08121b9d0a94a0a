package io.kafkabridge.extension.payload;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class SearchTest {

    @Test
    void from_ofRandomTexts_findsWhatIndexOfFinds() {
        final Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            // Given
            final String part = text(random, 1 + random.nextInt(60));
            final String text = text(random, random.nextInt(200)) + part + text(random, random.nextInt(200));
            final int start = random.nextInt(text.length());

            // When, Then
            assertThat(new Search(text, part, new Bounds()).from(start)).isEqualTo(text.indexOf(part, start));
        }
    }

    private static String text(final Random random, final int length) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(8) == 0 ? 'b' : 'a');
        }
        return text.toString();
    }

    @Test
    @Timeout(20)
    void from_ofTextsThatMatchNearlyEverywhere_takesTimeByTheirLengthsOnly() {
        final String text = "a".repeat(4_000_000);

        assertThat(new Search(text, "a".repeat(2_000_000) + "b", new Bounds()).from(0))
                .isEqualTo(-1);
    }
}
