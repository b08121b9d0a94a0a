package io.kafkabridge.extension.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.types.Password;

import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.KafkaProperty;

/** The settings of a cluster's clients. */
final class ProducerSettings {

    /** Larger requests win nothing here: while one is under way the next batch fills. */
    private static final int LIVE_BATCH_SIZE = 64 << 10;

    /** There is always enough to fill a batch; Kafka's brokers take up to 1 MiB unless told otherwise. */
    private static final int PATIENT_BATCH_SIZE = 256 << 10;

    /** How long a request may go unanswered, at most. */
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    /** How long the patient producer tries. */
    private static final int PATIENCE_MILLIS = 120_000;

    private ProducerSettings() {}

    /**
     * For records that clients wait for: those that are late are better off in the spool.
     *
     * @throws java.io.UncheckedIOException when a certificate can't be read
     * @throws IllegalStateException when there is no key in its file any more
     */
    static Map<String, Object> live(final KafkaCluster cluster) {
        return of(cluster, (int) cluster.deliveryTimeout().toMillis(), LIVE_BATCH_SIZE);
    }

    /** For records that are safe in the spool, as {@link #live}: a slow network is no reason to give up. */
    static Map<String, Object> patient(final KafkaCluster cluster) {
        return of(cluster, PATIENCE_MILLIS, PATIENT_BATCH_SIZE);
    }

    /** For an operator's command, which may wait. */
    static Map<String, Object> blocking(final KafkaCluster cluster) {
        final Map<String, Object> settings = of(cluster, REQUEST_TIMEOUT_MILLIS, LIVE_BATCH_SIZE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        return settings;
    }

    private static Map<String, Object> of(final KafkaCluster cluster, final int timeoutMillis, final int batchSize) {
        final Map<String, Object> settings = connection(cluster);

        // An acknowledged record is on all in-sync replicas, once, in order.
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);

        // Natural batching: nothing lingers, and while the request that is under way is answered the next batch fills.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, batchSize);

        // send() runs on HiveMQ's threads: it refuses at once where it would wait for metadata or for the buffer.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE);

        // What is too large is the broker's and the topic's to say.
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * cluster.maxInFlight());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int) Math.min(Integer.MAX_VALUE, cluster.maxInFlight()));

        putProperties(settings, cluster, ProducerConfig.configNames());
        putTimeouts(settings, timeoutMillis);
        return settings;
    }

    /** Kafka wants the time to deliver to be as long as the time to linger and to wait for a request's answer. */
    private static void putTimeouts(final Map<String, Object> settings, final int deliveryMillis) {
        final int linger = number(settings, ProducerConfig.LINGER_MS_CONFIG);
        settings.putIfAbsent(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(deliveryMillis - linger, REQUEST_TIMEOUT_MILLIS));
        settings.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.max(deliveryMillis, linger + number(settings, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)));
    }

    /** A number of ours, or one that the operator wrote. */
    private static int number(final Map<String, Object> settings, final String name) {
        return Integer.parseInt(String.valueOf(settings.get(name)));
    }

    /** For creating topics. Errors as {@link #live}. */
    static Map<String, Object> admin(final KafkaCluster cluster) {
        final Map<String, Object> settings = connection(cluster);
        putProperties(settings, cluster, AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS / 2);
        return settings;
    }

    /** What every client of the cluster has. */
    private static Map<String, Object> connection(final KafkaCluster cluster) {
        final Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "hivemq-kafka-bridge-" + cluster.id());
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 10_000);

        // Brokers may ask clients for their metrics (KIP-714); HiveMQ has ours.
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);

        settings.putAll(SecuritySettings.of(cluster));
        return settings;
    }

    /** The operator's own settings, as far as that kind of client knows them. */
    private static void putProperties(
            final Map<String, Object> settings, final KafkaCluster cluster, final Set<String> known) {
        for (final KafkaProperty property : cluster.properties()) {
            if (known.contains(property.name())) {
                settings.put(
                        property.name(),
                        property.isSecret()
                                ? new Password(property.value())
                                : property.value().strip());
            }
        }
    }
}
