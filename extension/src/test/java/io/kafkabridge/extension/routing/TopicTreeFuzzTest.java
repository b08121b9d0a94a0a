package io.kafkabridge.extension.routing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any topic and any filters: the tree finds what one filter after the other finds. */
class TopicTreeFuzzTest {

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(TopicTreeFuzzTest.class, this::fuzz);
    }

    /** The first line is the topic; each other line a target with one filter and, behind a blank, one that it leaves out. */
    @FuzzTest
    void fuzz(final byte[] input) {
        // Given
        final Input lines = new Input(input);
        final String topic = lines.line();
        final Map<Integer, Filters> targets = new LinkedHashMap<>();
        while (!lines.isEmpty()) {
            final String[] filters = lines.line().split(" ", 2);
            targets.put(
                    targets.size(),
                    new Filters(parsed(filters[0]), filters.length < 2 ? List.of() : parsed(filters[1])));
        }

        // When
        final Matches<Integer> matches = new Matches<>();
        TopicTree.build(targets).match(topic, matches);

        // Then
        final List<Integer> found = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            found.add(matches.get(i));
        }
        assertThat(found).isEqualTo(RandomTargets.expected(targets, topic));
    }

    private static List<TopicFilter> parsed(final String text) {
        try {
            return List.of(TopicFilter.parse(text));
        } catch (final IllegalArgumentException e) {
            return List.of();
        }
    }
}
