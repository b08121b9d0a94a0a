package io.kafkabridge.extension.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;

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
 * @param timestamp where its records' timestamp comes from; empty: the arrival at the broker
 * @param headers the headers of its records
 * @param json what is done with payloads; empty: they are forwarded as they come
 * @param topicCreation how missing Kafka topics are created; empty: that is left to the brokers
 * @param lastWills whether last wills are forwarded as well
 * @param rejectExpired whether its records carry when they expire, so that those which expire in the spool are rejected
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
        Optional<Timestamp> timestamp,
        HeaderSettings headers,
        Optional<JsonSettings> json,
        Optional<TopicCreation> topicCreation,
        boolean lastWills,
        boolean rejectExpired) {

    /**
     * A timestamp out of a publish.
     *
     * @param property the user property that has it
     * @param maxAhead how far ahead of the broker's clock it may be; the arrival is taken instead of one that is further
     */
    public record Timestamp(String property, Duration maxAhead) {

        /** What Kafka's brokers take unless told otherwise ({@code message.timestamp.after.max.ms}). */
        public static final Duration DEFAULT_MAX_AHEAD = Duration.ofHours(1);
    }

    public Mapping {
        topicFilters = List.copyOf(topicFilters);
        excepts = List.copyOf(excepts);
    }

    /** The same mapping for every publish whose topic matches: without conditions, and with payloads as they come. */
    public Mapping withoutConditions() {
        return new Mapping(
                id,
                clusterId,
                topicFilters,
                excepts,
                PublishFilter.ALL,
                kafkaTopic,
                key,
                partition,
                timestamp,
                headers,
                Optional.empty(),
                topicCreation,
                lastWills,
                rejectExpired);
    }

    /**
     * What a mapping does with payloads, which are JSON then.
     *
     * @param condition a JSONata expression; a publish for which it isn't true is held back; empty: none is
     * @param value a JSONata expression for the record's value; empty: the payload as it came
     */
    public record JsonSettings(Optional<String> condition, Optional<String> value) {}
}
