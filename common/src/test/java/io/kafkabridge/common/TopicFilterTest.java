package io.kafkabridge.common;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"teste", "a/b", "#", "+", "a/#", "+/+", "/", "a//b", "/a", "$SYS/#", "a b/ç", "+/+/#", "%u"})
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

    @ParameterizedTest(name = "{0} and {1}: covers {2}, overlaps {3}")
    @CsvSource({
        "a/b,     a/b,     true,  true",
        "a/b,     a/c,     false, false",
        "a/b,     a,       false, false",
        "a,       a/b,     false, false",
        "a/+,     a/b,     true,  true",
        "a/+,     a/+,     true,  true",
        "a/+,     a/#,     false, true",
        "a/+,     a,       false, false",
        "a/+,     a/b/c,   false, false",
        "a/b,     a/+,     false, true",
        "a/b,     a/#,     false, true",
        "a/b,     #,       false, true",
        "a/#,     a,       true,  true",
        "a/#,     a/b/c,   true,  true",
        "a/#,     a/+/c,   true,  true",
        "a/#,     a/#,     true,  true",
        "a/#,     a/b/#,   true,  true",
        "a/b/#,   a/#,     false, true",
        "a/#,     b/#,     false, false",
        "a/#,     +/b,     false, true",
        "+/b,     a/+,     false, true",
        "+/b/c,   a/+/d,   false, false",
        "#,       a/b,     true,  true",
        "#,       +/a,     true,  true",
        "#,       $SYS/#,  false, false",
        "+/a,     $SYS/a,  false, false",
        "$SYS/#,  $SYS/a,  true,  true",
        "$SYS/#,  #,       false, false",
        "a//b,    a/+/b,   false, true",
        "a/+/b,   a//b,    true,  true",
    })
    void filters_areCompared(final String left, final String right, final boolean covers, final boolean overlaps) {
        final TopicFilter filter = TopicFilter.parse(left);
        final TopicFilter other = TopicFilter.parse(right);

        assertThat(filter.covers(other)).isEqualTo(covers);
        assertThat(filter.overlaps(other)).isEqualTo(overlaps);
        assertThat(other.overlaps(filter)).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @CsvSource({"$share/group/a/#, a/#", "a/#, a/#", "$share/group, $share/group", "$share/g//a, /a"})
    void sharedSubscription_countsByItsFilter(final String subscription, final String filter) {
        assertThat(TopicFilter.ofSubscription(subscription)).hasToString(filter);
    }

    @ParameterizedTest(name = "{0}: one topic {1}, open {2}, at least {3} levels")
    @CsvSource({"a/b, true, false, 2", "a/+, false, false, 2", "a/#, false, true, 1", "#, false, true, 1"})
    void shape_isKnown(final String text, final boolean literal, final boolean open, final int minLevels) {
        final TopicFilter filter = TopicFilter.parse(text);

        assertThat(filter.isLiteral()).isEqualTo(literal);
        assertThat(filter.isOpen()).isEqualTo(open);
        assertThat(filter.minLevels()).isEqualTo(minLevels);
    }
}
