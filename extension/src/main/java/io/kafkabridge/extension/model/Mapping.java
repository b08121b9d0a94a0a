package io.kafkabridge.extension.model;

import java.util.List;
import java.util.Optional;

import io.kafkabridge.common.TopicFilter;

/**
 * Which publishes go to which Kafka topic, and what their records look like.
 *
 * @param id the mapping's name, in metrics and log lines
 * @param clusterId the {@link KafkaCluster#id()} that takes its records
 * @param topicFilters a publish is forwarded when one of them matches its topic; not empty
 * @param excepts a publish isn't forwarded when one of them matches its topic
 * @param filter what else a publish must be like
 * @param kafkaTopic the Kafka topic of its records
 * @param key the key of its records; empty: they have none
 * @param partition the partition of its records, a number from 0; empty: Kafka's partitioner chooses
 * @param timestampProperty the user property that is its records' timestamp; empty: the arrival at the broker
 * @param headers the headers of its records
 * @param json what is done with payloads; empty: they are forwarded as they come
 * @param topicCreation how missing Kafka topics are created; empty: that is left to the brokers
 * @param lastWills whether last wills are forwarded as well
 */
public record Mapping(
        String id,
        String clusterId,
        List<TopicFilter> topicFilters,
        List<TopicFilter> excepts,
        PublishFilter filter,
        KafkaTopic kafkaTopic,
        Optional<Template> key,
        Optional<Template> partition,
        Optional<String> timestampProperty,
        HeaderSettings headers,
        Optional<JsonSettings> json,
        Optional<TopicCreation> topicCreation,
        boolean lastWills) {

    public Mapping {
        topicFilters = List.copyOf(topicFilters);
        excepts = List.copyOf(excepts);
    }
}
