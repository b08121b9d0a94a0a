package io.kafkabridge.extension.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Kafka cluster and the limits of what may be under way to it. Two are equal when a delivery to the one can't be told from a
 * delivery to the other: the contents of certificates and stores count.
 *
 * @param id the name by which mappings refer to it
 * @param bootstrapServers {@code host:port} of some of its brokers, separated by commas
 * @param tls empty for plain text
 * @param authentication empty for none
 * @param limits how long it may take, and how much may wait for it
 * @param spool where records wait while the cluster takes none
 * @param deadLetterTopic the topic that gets a copy of records that Kafka won't take; empty for none
 * @param properties further settings of kafka-clients; each name stands once
 */
public record KafkaCluster(
        String id,
        String bootstrapServers,
        Optional<Tls> tls,
        Optional<Authentication> authentication,
        Limits limits,
        SpoolSettings spool,
        Optional<String> deadLetterTopic,
        List<KafkaProperty> properties) {

    public KafkaCluster {
        properties = List.copyOf(properties);
    }

    /** See {@link Limits#deliveryTimeout()}. */
    public Duration deliveryTimeout() {
        return limits.deliveryTimeout();
    }

    /** See {@link Limits#missingTopicTimeout()}. */
    public Duration missingTopicTimeout() {
        return limits.missingTopicTimeout();
    }

    /** See {@link Limits#maxInFlight()}. */
    public long maxInFlight() {
        return limits.maxInFlight();
    }

    /** See {@link Limits#maxRejected()}. */
    public long maxRejected() {
        return limits.maxRejected();
    }

    /** See {@link Limits#shutdownTimeout()}. */
    public Duration shutdownTimeout() {
        return limits.shutdownTimeout();
    }
}
