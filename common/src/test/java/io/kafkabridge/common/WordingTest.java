package io.kafkabridge.common;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordingTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, '1,023 bytes'",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048575, 1.0 MiB",
        "10737418240, 10.0 GiB",
        "9223372036854775807, '8,388,608.0 TiB'"
    })
    void bytes_areSaidWithTheUnitThatFits(final long bytes, final String words) {
        assertThat(Wording.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0.0 s",
        "420, 0.4 s",
        "59999, 59 s",
        "60000, 1 min",
        "200000, 3 min 20 s",
        "3600000, 1 h",
        "7505000, 2 h 5 min",
        "86400000, 1 d",
        "190800000, 2 d 5 h"
    })
    void time_isSaidWithTheTwoUnitsThatMatter(final long millis, final String words) {
        assertThat(Wording.time(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @Test
    void count_hasThousandsSeparators_andAPlural() {
        assertThat(Wording.count(1, "record")).isEqualTo("1 record");
        assertThat(Wording.count(0, "record")).isEqualTo("0 records");
        assertThat(Wording.count(12_400, "record")).isEqualTo("12,400 records");
    }
}
