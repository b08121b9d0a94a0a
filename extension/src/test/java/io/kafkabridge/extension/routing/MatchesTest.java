package io.kafkabridge.extension.routing;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.common.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** A result that is used again and again. */
class MatchesTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void match_ofRandomFiltersAndTopics_findsWhatAListWould(final long seed) {
        // Given: trees from one target to many, and one result for all of them.
        final RandomTargets random = new RandomTargets(seed);
        final List<Map<Integer, Filters>> targets =
                Stream.of(1, 3, 10, 40, 200).map(random::targets).toList();
        final List<TopicTree<Integer>> trees =
                targets.stream().map(TopicTree::build).toList();
        final Matches<Integer> matches = new Matches<>();
        int found = 0;

        for (int i = 0; i < 5_000; i++) {
            // When
            final String topic = random.topic();
            final int tree = i % trees.size();
            trees.get(tree).match(topic, matches);

            // Then
            assertThat(all(matches)).as(topic).isEqualTo(RandomTargets.expected(targets.get(tree), topic));
            found += matches.size();
        }
        assertThat(found).isGreaterThan(5_000);
    }

    @Test
    void match_withWildcardsExceptsAndDuplicates_allocatesNothing() {
        // Given
        final RandomTargets random = new RandomTargets(42);
        final TopicTree<Integer> tree = TopicTree.build(random.targets(1_000));
        final List<String> topics = new ArrayList<>();
        Stream.generate(random::topic).limit(1_000).forEach(topics::add);
        final Matches<Integer> matches = new Matches<>();
        matchAll(tree, topics, matches);

        // When
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        int found = 0;
        for (int i = 0; i < 100; i++) {
            found += matchAll(tree, topics, matches);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // Then: 100 000 matches, and not one byte for each hundred of them.
        assertThat(found).isGreaterThan(100_000);
        assertThat(allocated).isLessThan(1_000);
    }

    @Test
    void match_afterALargerTree_findsNoneOfItsTargets() {
        // Given: the same index is another target in each tree.
        final TopicTree<String> larger =
                TopicTree.build(Map.of("a", topicFilters("a"), "b", topicFilters("a"), "c", topicFilters("a")));
        final TopicTree<String> smaller = TopicTree.build(Map.of("d", topicFilters("+")));
        final Matches<String> matches = new Matches<>();
        larger.match("a", matches);

        // When
        smaller.match("a", matches);

        // Then
        assertThat(all(matches)).containsExactly("d");
    }

    @Test
    void match_whenTheGenerationsAreUsedUp_beginsAgain() {
        // Given
        final TopicTree<String> tree = TopicTree.build(
                Map.of("kept", topicFilters("a", "+"), "left out", new Filters(filters("#"), filters("a"))));
        final Matches<String> matches = new Matches<>(Integer.MAX_VALUE - 9);

        for (int i = 0; i < 20; i++) {
            // When
            tree.match("a", matches);

            // Then
            assertThat(all(matches)).containsExactly("kept");
        }
    }

    @Test
    void clear_leavesNothing() {
        // Given
        final Matches<String> matches = new Matches<>();
        TopicTree.build(Map.of("target", topicFilters("a"))).match("a", matches);
        assertThat(matches.isEmpty()).isFalse();

        // When
        matches.clear();

        // Then
        assertThat(matches.isEmpty()).isTrue();
        assertThat(all(matches)).isEmpty();
    }

    private static int matchAll(
            final TopicTree<Integer> tree, final List<String> topics, final Matches<Integer> matches) {
        int found = 0;
        for (int i = 0; i < topics.size(); i++) {
            tree.match(topics.get(i), matches);
            for (int j = 0; j < matches.size(); j++) {
                found += matches.get(j) >= 0 ? 1 : 0;
            }
        }
        return found;
    }

    private static <T> List<T> all(final Matches<T> matches) {
        return IntStream.range(0, matches.size()).mapToObj(matches::get).toList();
    }

    private static Filters topicFilters(final String... filters) {
        return new Filters(filters(filters), List.of());
    }

    private static List<TopicFilter> filters(final String... filters) {
        return List.of(filters).stream().map(TopicFilter::parse).toList();
    }
}
