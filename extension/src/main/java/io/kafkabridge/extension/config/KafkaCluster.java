package io.kafkabridge.extension.config;

import java.time.Duration;
import java.util.Optional;

/**
 * A Kafka cluster and the limits of what may be under way to it.
 *
 * @param id the name by which mappings refer to it
 * @param bootstrapServers {@code host:port} of some of its brokers, separated by commas
 * @param tls empty for plain text
 * @param authentication empty for none
 * @param deliveryTimeout how long a record may wait for Kafka before it goes to the spool
 * @param missingTopicTimeout how long a Kafka topic may be missing before its records are rejected
 * @param maxInFlight bytes of records that may be on their way to the cluster at a time
 * @param spool where records wait while the cluster takes none
 * @param maxRejected bytes of records on the disk that Kafka won't take
 * @param deadLetterTopic the topic that gets a copy of records that Kafka won't take; empty for none
 * @param shutdownTimeout how long HiveMQ's stop waits for records that are on their way
 */
public record KafkaCluster(
        String id,
        String bootstrapServers,
        Optional<Tls> tls,
        Optional<Authentication> authentication,
        Duration deliveryTimeout,
        Duration missingTopicTimeout,
        long maxInFlight,
        SpoolSettings spool,
        long maxRejected,
        Optional<String> deadLetterTopic,
        Duration shutdownTimeout) {

    public static final Duration DEFAULT_DELIVERY_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration DEFAULT_MISSING_TOPIC_TIMEOUT = Duration.ofSeconds(10);
    public static final long DEFAULT_MAX_IN_FLIGHT = 64L << 20;
    public static final long DEFAULT_MAX_REJECTED = 256L << 20;
    public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);
}
