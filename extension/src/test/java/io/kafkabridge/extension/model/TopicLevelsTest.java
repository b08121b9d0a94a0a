package io.kafkabridge.extension.model;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.common.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicLevelsTest {

    @ParameterizedTest(name = "[{0}] of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "0 | a/b/c | a",
                "1 | a/b/c | b",
                "2 | a/b/c | c",
                "3 | a/b/c | none",
                "-1 | a/b/c | c",
                "-3 | a/b/c | a",
                "-4 | a/b/c | none",
                "0 | a | a",
                "-1 | a | a",
                "1 | a | none",
                "1 | a//c | ''",
                "0 | /a | ''",
                "-1 | a/ | ''",
                "1: | a/b/c | b/c",
                "0: | a/b/c | a/b/c",
                "3: | a/b/c | none",
                "1:3 | a/b/c/d | b/c",
                "1:3 | a/b | b",
                ":2 | a/b/c | a/b",
                ":-1 | a/b/c | a/b",
                ":-1 | a | none",
                "-2: | a/b/c | b/c",
                "-2: | a | a",
                "1:-1 | a/b/c/d | b/c",
                "2:1 | a/b/c | none",
                "1: | a// | /"
            })
    void of_aTopic_isWhatPythonsSlicesSay(final String levels, final String topic, final String expected) {
        assertThat(TopicLevels.parse(levels).of(topic)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-1", "-2", "1:", "0:", ":2", ":-1", "1:3", "-2:"})
    void toString_isWhatWasParsed(final String levels) {
        assertThat(TopicLevels.parse(levels)).hasToString("[" + levels + "]");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''", "x", ":", "1:2:3", "1-2", "--1", "1000"},
            quoteCharacter = '\'')
    void parse_ofSomethingElse_showsWhatItTakes(final String levels) {
        assertThatThrownBy(() -> TopicLevels.parse(levels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{topic[" + levels + "]}")
                .hasMessageContaining("[0] for the first, [-1] for the last, [1:] or [1:3] for several");
    }

    @ParameterizedTest(name = "[{0}] of topics that match {1}: {2} at least")
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | plant/+/temp | 1",
                "3 | plant/+/temp | 0",
                "0 | plant/# | 1",
                "1 | plant/# | 0",
                "0 | # | 1",
                "-1 | # | 1",
                "-2 | # | 0",
                "-2 | a/+/# | 1",
                "1: | a/+/# | 1",
                "1: | a/# | 0",
                "0: | a/+/b | 3",
                "0: | a/# | 1",
                "-2:3 | a/# | 0",
                "-2:3 | a/+/+ | 2",
                "0 | a/b,c/# | 1",
                "1 | a/b,c/# | 0"
            })
    void fewest_isWhatTheFiltersGuarantee(final String levels, final String filters, final int expected) {
        final List<TopicFilter> all =
                Arrays.stream(filters.split(",")).map(TopicFilter::parse).toList();

        assertThat(TopicLevels.parse(levels).fewest(all)).isEqualTo(expected);
    }
}
