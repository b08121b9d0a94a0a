package io.kafkabridge.extension.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any text as a template, and any topic for its levels: what comes out is what a few plain lines of code say. */
class TemplateFuzzTest {

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(TemplateFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) {
        // Given
        final Input lines = new Input(input);
        final String text = lines.line();
        final String topic = lines.line();

        // When
        final Template template;
        try {
            template = Template.parse(text);
        } catch (final IllegalArgumentException e) {
            assertThat(e.getMessage()).containsPattern("[{}]");
            return;
        }

        // Then
        assertThat(Template.parse(template.toString())).isEqualTo(template);
        assertThat(template.constant().isPresent())
                .isEqualTo(template.placeholders().isEmpty());
        for (final Template.Placeholder placeholder : template.placeholders()) {
            placeholder.levels().ifPresent(levels -> {
                assertThat(levels.of(topic)).as("%s of %s", levels, topic).isEqualTo(slice(levels, topic));
                fewest(levels, topic);
            });
        }
    }

    /** As Python slices a list; none of it is nothing. */
    private static @Nullable String slice(final TopicLevels levels, final String topic) {
        final List<String> all = Arrays.asList(topic.split("/", -1));
        final int from = Math.min(all.size(), index(levels.from(), all.size()));
        final int to = Math.min(all.size(), index(levels.to(), all.size()));
        return from < to ? String.join("/", all.subList(from, to)) : null;
    }

    private static int index(final int level, final int count) {
        return level < 0 ? Math.max(0, level + count) : level;
    }

    /** The topic as a filter, and what it begins with as one: no topic has fewer of the levels than is said. */
    private static void fewest(final TopicLevels levels, final String topic) {
        final int count = Optional.ofNullable(slice(levels, topic))
                .map(slice -> slice.split("/", -1).length)
                .orElse(0);
        for (final String text : List.of(topic, topic.split("/", -1)[0] + "/#", "+/#", "#")) {
            try {
                final TopicFilter filter = TopicFilter.parse(text);
                if (text.equals(topic) && filter.isLiteral()) {
                    assertThat(levels.fewest(List.of(filter))).isEqualTo(count);
                } else {
                    assertThat(levels.fewest(List.of(filter))).isLessThanOrEqualTo(count);
                }
            } catch (final IllegalArgumentException e) {
                assertThat(text).satisfiesAnyOf(refused -> assertThat(refused).isEmpty(), refused -> assertThat(refused)
                        .containsAnyOf("+", "#", "\0", "$share/"));
            }
        }
    }
}
