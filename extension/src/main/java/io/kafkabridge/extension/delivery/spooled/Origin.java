package io.kafkabridge.extension.delivery.spooled;

import java.util.Optional;

import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;

/**
 * The mapping that a record comes from.
 *
 * @param mappingId its id
 * @param metrics counts its records
 * @param topicCreation how its Kafka topics are created; empty: that is left to the brokers
 */
public record Origin(String mappingId, MappingMetrics metrics, Optional<TopicCreation> topicCreation) {

    /** Of a mapping that isn't configured any more, but has records in the spool. */
    static final Origin GONE = new Origin("", MappingMetrics.NONE, Optional.empty());
}
