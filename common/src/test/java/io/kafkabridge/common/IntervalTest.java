package io.kafkabridge.common;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IntervalTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "0s, 0", "500ms, 500", "2s, 2000", "1.5s, 1500", "1m, 60000", "2h, 7200000"})
    void readsTimes(String text, long millis) {
        // When, Then
        assertThat(Interval.parse(text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2 s", "-1s", "1d", "soon", "99999999999s"})
    void refusesOtherTexts(String text) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.parse(text))
                .withMessage("'%s' is no time; use 2s, 500ms, 1m or 0", text);
    }
}
