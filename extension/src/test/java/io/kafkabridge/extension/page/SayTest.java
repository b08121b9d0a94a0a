package io.kafkabridge.extension.page;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SayTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59, 59 s",
        "60, 1 min",
        "95, 1 min 35 s",
        "600, 10 min",
        "3600, 1 h",
        "7800, 2 h 10 min",
        "36000, 10 h",
        "172800, 2 days",
        "-5, 0 s"
    })
    void times(final long seconds, final String text) {
        assertThat(Say.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "10066330, 9.6 MiB", "107374182400, 100 GiB"})
    void sizes(final long bytes, final String text) {
        assertThat(Say.bytes(bytes)).isEqualTo(text);
    }
}
