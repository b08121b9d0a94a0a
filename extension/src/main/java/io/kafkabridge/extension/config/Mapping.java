package io.kafkabridge.extension.config;

import java.util.List;

/**
 * Which publishes go to which Kafka topic.
 *
 * @param id the mapping's name, in metrics and log lines
 * @param clusterId the {@link KafkaCluster#id()} that takes its records
 * @param topicFilters a publish is forwarded when one of them matches its topic; not empty
 * @param kafkaTopic the Kafka topic of its records
 */
public record Mapping(String id, String clusterId, List<TopicFilter> topicFilters, String kafkaTopic) {

    public Mapping {
        topicFilters = List.copyOf(topicFilters);
    }
}
