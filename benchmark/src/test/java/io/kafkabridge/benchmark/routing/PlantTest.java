package io.kafkabridge.benchmark.routing;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.extension.routing.Matches;
import io.kafkabridge.extension.routing.TopicTree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PlantTest {

    @ParameterizedTest(name = "{0} levels, excepts {1}")
    @CsvSource({"3, false", "3, true", "6, false", "6, true"})
    void topics_ofManyFilters_leadToAsManyTargetsAsOfFew(int depth, boolean excepts) {
        // When
        double few = targetsPerTopic(10, depth, excepts);
        double many = targetsPerTopic(10_000, depth, excepts);

        // Then
        assertThat(many).isGreaterThan(0.2).isEqualTo(few, within(0.05));
    }

    private static double targetsPerTopic(int filters, int depth, boolean excepts) {
        TopicTree<Integer> tree = TopicTree.build(Plant.targets(filters, depth, excepts));
        List<String> topics = Plant.topics(10_000, filters, depth);
        Matches<Integer> matches = new Matches<>();
        int found = 0;
        for (String topic : topics) {
            tree.match(topic, matches);
            found += matches.size();
        }
        return (double) found / topics.size();
    }
}
