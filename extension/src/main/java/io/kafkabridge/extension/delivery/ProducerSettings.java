package io.kafkabridge.extension.delivery;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

import io.kafkabridge.extension.config.Authentication;
import io.kafkabridge.extension.config.KafkaCluster;
import io.kafkabridge.extension.config.Tls;

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

    /** For records that clients wait for: those that are late are better off in the spool. */
    static Map<String, Object> live(final KafkaCluster cluster) {
        return of(cluster, (int) cluster.deliveryTimeout().toMillis(), LIVE_BATCH_SIZE);
    }

    /** For records that are safe in the spool: a slow network is no reason to give up. */
    static Map<String, Object> patient(final KafkaCluster cluster) {
        return of(cluster, PATIENCE_MILLIS, PATIENT_BATCH_SIZE);
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

        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMillis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(timeoutMillis, REQUEST_TIMEOUT_MILLIS));
        return settings;
    }

    /** For creating topics. */
    static Map<String, Object> admin(final KafkaCluster cluster) {
        final Map<String, Object> settings = connection(cluster);
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

        final String transport = cluster.tls().isPresent() ? "SSL" : "PLAINTEXT";
        settings.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                cluster.authentication().isPresent() ? "SASL_" + transport : transport);
        cluster.tls().ifPresent(tls -> addTls(settings, tls));
        cluster.authentication().ifPresent(authentication -> addAuthentication(settings, authentication));
        return settings;
    }

    private static void addTls(final Map<String, Object> settings, final Tls tls) {
        tls.caFile().ifPresent(file -> {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.toString());
        });
        tls.truststore().ifPresent(file -> {
            // A JKS provider of today's JVMs reads PKCS12 as well (JEP 229).
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "JKS");
            settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.toString());
        });
        tls.truststorePassword()
                .ifPresent(secret ->
                        settings.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, new Password(secret.value())));
        if (!tls.hostnameVerification()) {
            settings.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
    }

    private static void addAuthentication(final Map<String, Object> settings, final Authentication authentication) {
        settings.put(SaslConfigs.SASL_MECHANISM, authentication.mechanism().saslName());
        settings.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                new Password(authentication.mechanism().loginModule() + " required username="
                        + quoted(authentication.username()) + " password="
                        + quoted(authentication.password().value()) + ";"));
    }

    /** Quotes a value for a JAAS line, whose strings have the escapes of Java's (StreamTokenizer). */
    private static String quoted(final String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
