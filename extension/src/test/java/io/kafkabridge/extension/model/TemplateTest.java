package io.kafkabridge.extension.model;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.common.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TemplateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plant",
                "",
                "{topic}",
                "plant-{topic[1]}.{client-id}",
                "{topic[1:]}{topic[-2:]}",
                "{user-property:site name|un known}",
                "{username|}",
                "{user-property:a:b}",
                "{{{topic}}}",
                "a}}b{{c",
                "{qos}{retain}{packet-id|0}{content-type}{response-topic}{correlation-data}{uuid}"
            })
    void toString_isWhatWasParsed(final String template) {
        assertThat(Template.parse(template)).hasToString(template);
    }

    @Test
    void constant_ofATemplateWithoutPlaceholders_hasItsBracesOnce() {
        assertThat(Template.parse("a{{b}}").constant()).contains("a{b}");
        assertThat(Template.parse("a{topic}").constant()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{tpic} | there is no {tpic}; did you mean {topic}?",
                "{user-name} | there is no {user-name}; did you mean {username}?",
                "{user-propety:x} | did you mean {user-property}?",
                "{payload.temperature} | known here: topic, client-id, username, qos, retain, packet-id, user-property,",
                "{none} | {none} stands alone, and only in <key>",
                "{} | there is no {}",
                "{topic | a { without its }; write {{ and }} for braces",
                "{topic{qos}} | a { without its }",
                "topic} | a } without a {; write }} for a brace",
                "{topic[x]} | {topic[x]}: the levels of a topic are [0] for the first",
                "{topic:1} | {topic:1}: {topic} has nothing after a colon",
                "{user-property} | {user-property} lacks the property's name: {user-property:name}",
                "{user-property:} | lacks the property's name"
            })
    void parse_ofAMistake_saysWhatToDo(final String template, final String message) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiterString = " of ",
            value = {
                "{username} of a/b of {username}: not every publish has it; give a default, such as {username|unknown}",
                "x{user-property:site} of # of give a default, such as {user-property:site|unknown}",
                "{content-type} of # of not every publish has it",
                "{response-topic} of # of not every publish has it",
                "{correlation-data} of # of not every publish has it",
                "{packet-id} of # of not every publish has it",
                "{topic[1]} of plant/# of {topic[1]}: a topic that matches plant/# may not have it; give a default, such as "
                        + "{topic[1]|unknown}",
                "{topic[2:]} of a/b of may not have it"
            })
    void requireAlways_whereSomethingMayBeMissing_asksForADefault(
            final String template, final String filter, final String message) {
        assertThatThrownBy(() -> Template.parse(template).requireAlways(List.of(TopicFilter.parse(filter))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{topic}{client-id}{qos}{retain}{uuid}",
                "{topic[2]}{topic[-3]}",
                "{username|none}{user-property:x|}{topic[7]|x}"
            })
    void requireAlways_whereNothingMayBeMissing_isSatisfied(final String template) {
        assertThatCode(() -> Template.parse(template).requireAlways(List.of(TopicFilter.parse("plant/+/temp"))))
                .doesNotThrowAnyException();
    }
}
