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
 * @param deliveryTimeout how long a record may wait for Kafka before its publish counts as failed
 * @param maxInFlight bytes of records that may be on their way to the cluster at a time
 * @param maxRejected bytes of records on the disk that Kafka won't take
 * @param shutdownTimeout how long HiveMQ's stop waits for records that are on their way
 */
public record KafkaCluster(
        String id,
        String bootstrapServers,
        Optional<Tls> tls,
        Optional<Authentication> authentication,
        Duration deliveryTimeout,
        long maxInFlight,
        long maxRejected,
        Duration shutdownTimeout) {

    public static final Duration DEFAULT_DELIVERY_TIMEOUT = Duration.ofSeconds(30);
    public static final long DEFAULT_MAX_IN_FLIGHT = 64L << 20;
    public static final long DEFAULT_MAX_REJECTED = 256L << 20;
    public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);
}
