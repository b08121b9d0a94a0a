package io.kafkabridge.extension.model;

import java.time.Duration;

/**
 * How long a Kafka cluster may take, and how much may wait for it in memory and among the rejected records.
 *
 * @param deliveryTimeout how long a record may wait for Kafka before it goes to the spool
 * @param missingTopicTimeout how long a Kafka topic may be missing before its records are rejected
 * @param maxInFlight bytes of records that may be on their way to the cluster at a time
 * @param maxRejected bytes of records on the disk that Kafka won't take
 * @param shutdownTimeout how long HiveMQ's stop waits for records that are on their way
 */
public record Limits(
        Duration deliveryTimeout,
        Duration missingTopicTimeout,
        long maxInFlight,
        long maxRejected,
        Duration shutdownTimeout) {

    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(3), Duration.ofSeconds(10), 64L << 20, 256L << 20, Duration.ofSeconds(10));
}
