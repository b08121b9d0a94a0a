package io.kafkabridge.auth.permissions;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TopicFilterTest {

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
    void filters_areCompared(String left, String right, boolean covers, boolean overlaps) {
        TopicFilter filter = new TopicFilter(left);
        TopicFilter other = new TopicFilter(right);

        assertThat(filter.covers(other)).isEqualTo(covers);
        assertThat(filter.overlaps(other)).isEqualTo(overlaps);
        assertThat(other.overlaps(filter)).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @CsvSource({"$share/group/a/#, a/#", "a/#, a/#", "$share/group, $share/group", "$share/g//a, /a"})
    void sharedSubscription_countsByItsFilter(String subscription, String filter) {
        assertThat(TopicFilter.ofSubscription(subscription)).hasToString(filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/a", "a//b", "#", "+", "+/+/#", "a b/#", "$SYS/#", "%u"})
    void filter_isRight(String text) {
        assertThat(TopicFilter.mistake(text)).isEmpty();
    }
}
