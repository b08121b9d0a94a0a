package io.kafkabridge.extension.model;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"teste", "a/b", "#", "+", "a/#", "+/+", "/", "a//b", "/a", "$SYS/#", "a b/ç"})
    void parse_ofALegalFilter_keepsIt(final String filter) {
        assertThat(TopicFilter.parse(filter)).hasToString(filter);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | at least one character",
                "a/#/b | only at the end",
                "a# | stands alone",
                "a+/b | stands alone",
                "$share/group/a | shared subscription"
            })
    void parse_ofAnIllegalFilter_namesTheRule(final String filter, final String rule) {
        assertThatThrownBy(() -> TopicFilter.parse(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }
}
