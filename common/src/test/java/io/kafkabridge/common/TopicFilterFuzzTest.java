package io.kafkabridge.common;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;

import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any two texts as topic filters: what is said of them is true of the topics that they match, by the words of MQTT 5.0, 4.7. */
class TopicFilterFuzzTest {

    /** Stand-ins for levels: of no meaning, of none at all, and one that a wildcard doesn't stand for at the first level. */
    private static final List<String> LEVELS = List.of("x", "", "$x");

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(TopicFilterFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) {
        // Given
        final Input lines = new Input(input);
        final Optional<TopicFilter> first = parsed(lines.line());
        final Optional<TopicFilter> second = parsed(lines.line());
        if (first.isEmpty() || second.isEmpty()) {
            return;
        }
        final TopicFilter left = first.get();
        final TopicFilter right = second.get();

        // When
        final boolean covers = left.covers(right);
        final boolean overlaps = left.overlaps(right);

        // Then
        assertThat(right.overlaps(left)).as("%s and %s overlap", right, left).isEqualTo(overlaps);
        assertThat(left.covers(left)).isTrue();
        final List<String> topics = topics(right);
        if (covers) {
            assertThat(topics).as("%s covers %s", left, right).allMatch(topic -> matches(left, topic));
        }
        if (topics.stream().anyMatch(topic -> matches(left, topic))) {
            assertThat(overlaps).as("%s overlaps %s", left, right).isTrue();
        }
        if (overlaps) {
            final String common = common(left, right);
            assertThat(matches(left, common) && matches(right, common))
                    .as("%s belongs to both", common)
                    .isTrue();
        }
        assertThat(topics).allMatch(topic -> topic.split("/", -1).length >= right.minLevels());
    }

    private static Optional<TopicFilter> parsed(final String text) {
        try {
            final TopicFilter filter = TopicFilter.parse(text);
            assertThat(filter).hasToString(text);
            assertThat(TopicFilter.ofSubscription("$share/group/" + text)).isEqualTo(filter);
            return Optional.of(filter);
        } catch (final IllegalArgumentException e) {
            assertThat(e.getMessage()).containsAnyOf("a topic filter has", "wildcard", "#", "shared subscription");
            return Optional.empty();
        }
    }

    /** Some topics that a filter matches. */
    private static List<String> topics(final TopicFilter filter) {
        final List<String> topics = new ArrayList<>();
        for (final String level : LEVELS) {
            final List<String> levels = new ArrayList<>(filter.levels());
            levels.replaceAll(each -> each.equals("+") ? level : each);
            if (filter.isOpen()) {
                levels.remove(levels.size() - 1);
                topics.add(String.join("/", levels));
                levels.add(level);
                topics.add(String.join("/", levels));
                levels.add("y");
            }
            topics.add(String.join("/", levels));
        }
        topics.removeIf(topic -> !matches(filter, topic));
        return topics;
    }

    /** The topic that two filters say the most about. */
    private static String common(final TopicFilter left, final TopicFilter right) {
        final List<String> levels = new ArrayList<>();
        for (int i = 0; i < Math.max(left.levels().size(), right.levels().size()); i++) {
            final String one = level(left, i);
            final String other = level(right, i);
            final boolean otherSaysMore = one.equals("#") || (one.equals("+") && !other.equals("#"));
            final String more = otherSaysMore ? other : one;
            if (!more.equals("#")) {
                levels.add(more.equals("+") ? "x" : more);
            } else if (i == 0) {
                levels.add("x");
            }
        }
        return String.join("/", levels);
    }

    private static String level(final TopicFilter filter, final int index) {
        return index < filter.levels().size() ? filter.levels().get(index) : "#";
    }

    private static boolean matches(final TopicFilter filter, final String topic) {
        final boolean wild =
                filter.levels().get(0).equals("+") || filter.levels().get(0).equals("#");
        return !(wild && topic.startsWith("$")) && matches(filter.levels(), List.of(topic.split("/", -1)));
    }

    private static boolean matches(final List<String> filter, final List<String> topic) {
        if (filter.isEmpty()) {
            return topic.isEmpty();
        }
        if (filter.get(0).equals("#")) {
            return true;
        }
        return !topic.isEmpty()
                && (filter.get(0).equals("+") || filter.get(0).equals(topic.get(0)))
                && matches(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
    }
}
