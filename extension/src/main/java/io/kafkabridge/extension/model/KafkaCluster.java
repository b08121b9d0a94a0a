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

        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(3), Duration.ofSeconds(10), 64L << 20, 256L << 20, Duration.ofSeconds(10));
    }

    /**
     * The bounds and the pace of a cluster's spool, which keeps records on the disk while the cluster takes none.
     *
     * @param maxSize bytes that its files may reach together
     * @param minFree bytes that it leaves free on the disk
     * @param commitPause how long a commit may wait for more records to share its fsync; zero: not at all
     */
    public record SpoolSettings(long maxSize, long minFree, Duration commitPause) {

        public static final SpoolSettings DEFAULT = new SpoolSettings(10L << 30, 1L << 30, Duration.ZERO);
    }

    /**
     * A setting of kafka-clients by its Kafka name, taken as it is.
     *
     * @param name one of {@link org.apache.kafka.clients.producer.ProducerConfig#configNames()}
     * @param value what Kafka can parse as that setting's type
     * @param isSecret whether Kafka takes it for a password
     */
    public record KafkaProperty(String name, String value, boolean isSecret) {

        @Override
        public String toString() {
            return name + "=" + (isSecret ? "***" : value);
        }
    }
}
