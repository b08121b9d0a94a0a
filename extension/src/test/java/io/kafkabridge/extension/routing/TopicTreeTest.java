package io.kafkabridge.extension.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.common.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicTreeTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "teste, teste, true",
        "teste, teste/, false",
        "teste, Teste, false",
        "a/b, a/b/c, false",
        "a/b/c, a/b, false",
        "a/+/c, a/b/c, true",
        "a/+/c, a//c, true",
        "a/+/c, a/b/c/d, false",
        "a/+, a, false",
        "a/+, a/, true",
        "a/#, a, true",
        "a/#, a/, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "a/b/#, a, false",
        "a/+/#, a/b, true",
        "a/+/#, a, false",
        "#, a/b, true",
        "#, /, true",
        "+, a, true",
        "+, a/b, false",
        "+/+, /a, true",
        "/+, /a, true",
        "/+, a, false",
        "//#, //, true",
        "//#, /, true",
        "//#, a/, false",
        "äöü/+, äöü/温度, true",
        "+/温度, x/温度, true",
        "+/温度, x/温, false",
        "#, $SYS/x, false",
        "+/x, $SYS/x, false",
        "+/#, $SYS/x, false",
        "$SYS/#, $SYS/x, true",
        "$SYS/#, $SYS, true",
        "$SYS/+, $SYS/x, true",
        "$SYS/+, $SYS/x/y, false",
        "a/+, a/$b, true",
        "a/#, a/$b/c, true"
    })
    void match_followsTheMqttSpecification(final String filter, final String topic, final boolean matches) {
        // Given
        final TopicTree<String> tree = TopicTree.build(Map.of("target", topicFilters(filter)));

        // When, Then
        assertThat(match(tree, topic)).isEqualTo(matches ? List.of("target") : List.of());
    }

    @Test
    void match_ofLevelsWithTheSameHash_tellsThemApart() {
        // Given: "Aa" and "BB" have the same hash code.
        final TopicTree<String> tree = TopicTree.build(Map.of("target", topicFilters("x/+/Aa", "Aa/y")));

        // When, Then
        assertThat(match(tree, "x/0/Aa")).containsExactly("target");
        assertThat(match(tree, "x/0/BB")).isEmpty();
        assertThat(match(tree, "Aa/y")).containsExactly("target");
        assertThat(match(tree, "BB/y")).isEmpty();
    }

    @Test
    void match_ofSeveralFiltersOfOneTarget_findsItOnce() {
        // Given
        final TopicTree<String> tree =
                TopicTree.build(Map.of("both", topicFilters("a/+", "a/#", "a/b", "a/b"), "all", topicFilters("#")));

        // When, Then
        assertThat(match(tree, "a/b")).containsExactlyInAnyOrder("both", "all");
    }

    @Test
    void match_ofSeveralTargets_findsThemInTheOrderOfTheMap() {
        // Given
        final Map<String, Filters> targets = new LinkedHashMap<>();
        targets.put("first", topicFilters("a/+/c"));
        targets.put("second", topicFilters("a/b/c"));
        targets.put("third", topicFilters("#"));
        targets.put("fourth", topicFilters("a/b/c"));
        final TopicTree<String> tree = TopicTree.build(targets);

        // When, Then
        assertThat(match(tree, "a/b/c")).containsExactly("first", "second", "third", "fourth");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "plant/1/temp, all some",
        "plant/test, all",
        "plant/test/temp, all",
        "plant/1/secret, all",
        "plant/1/2/secret, all some",
        "plant, all some",
        "other, all",
        "$SYS/x, ''"
    })
    void match_ofATopicThatIsExcepted_leavesTheTargetOut(final String topic, final String expected) {
        // Given
        final Map<String, Filters> targets = new LinkedHashMap<>();
        targets.put("all", topicFilters("#"));
        targets.put("some", new Filters(filters("plant/#", "plant/+/temp"), filters("plant/test/#", "plant/+/secret")));
        final TopicTree<String> tree = TopicTree.build(targets);

        // When, Then
        assertThat(String.join(" ", match(tree, topic))).isEqualTo(expected);
    }

    @Test
    void match_ofAFilterThatIsItsOwnException_findsNothing() {
        // Given
        final TopicTree<String> tree = TopicTree.build(Map.of("target", new Filters(filters("a"), filters("a"))));

        // When, Then
        assertThat(match(tree, "a")).isEmpty();
    }

    @Test
    void match_ofTheDeepestTopicThereIs_findsIt() {
        // Given
        final String slashes = "/".repeat(65_000);
        final TopicTree<String> tree = TopicTree.build(Map.of("target", topicFilters(slashes + "+")));

        // When, Then
        assertThat(match(tree, slashes)).containsExactly("target");
        assertThat(match(tree, slashes + "/")).isEmpty();
    }

    @Test
    void match_amongManyFilters_findsTheOne() {
        // Given
        final Map<String, Filters> targets = new LinkedHashMap<>();
        IntStream.range(0, 5_000)
                .forEach(i -> targets.put("target" + i, topicFilters("device" + i + "/+", i + "/device/" + i)));
        final TopicTree<String> tree = TopicTree.build(targets);

        for (int i = 0; i < 5_000; i++) {
            // When, Then
            assertThat(match(tree, "device" + i + "/x")).containsExactly("target" + i);
            assertThat(match(tree, i + "/device/" + i)).containsExactly("target" + i);
            assertThat(match(tree, i + "/device/x" + i)).isEmpty();
        }
    }

    @Test
    void match_inATreeWithoutTargets_findsNothing() {
        // Given
        final TopicTree<String> tree = TopicTree.build(Map.of());

        // When, Then
        assertThat(match(tree, "a")).isEmpty();
    }

    @Test
    void get_ofWhatIsNotThere_throws() {
        // Given
        final Matches<String> matches = new Matches<>();
        TopicTree.build(Map.of("target", topicFilters("a"))).match("a", matches);

        // When, Then
        assertThatThrownBy(() -> matches.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Filters topicFilters(final String... filters) {
        return new Filters(filters(filters), List.of());
    }

    private static List<TopicFilter> filters(final String... filters) {
        return List.of(filters).stream().map(TopicFilter::parse).toList();
    }

    private static List<String> match(final TopicTree<String> tree, final String topic) {
        final Matches<String> matches = new Matches<>();
        tree.match(topic, matches);
        return IntStream.range(0, matches.size()).mapToObj(matches::get).toList();
    }
}
