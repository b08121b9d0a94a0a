package io.kafkabridge.extension.routing;

import java.util.List;

import io.kafkabridge.common.TopicFilter;

/**
 * What leads to a target, and what keeps from it.
 *
 * @param topicFilters a topic leads to the target when one of them matches it
 * @param exceptFilters a topic that one of them matches doesn't lead to the target, whatever else matches
 */
public record Filters(List<TopicFilter> topicFilters, List<TopicFilter> exceptFilters) {

    public Filters {
        topicFilters = List.copyOf(topicFilters);
        exceptFilters = List.copyOf(exceptFilters);
    }
}
