package io.kafkabridge.consumer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.kafkabridge.common.CaFile;
import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.Secret;

/** Options that say which Kafka, and who we are to it. */
final class KafkaOptions {
    private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    @Option(
            names = "--bootstrap-servers",
            descriptionKey = "BOOTSTRAP_SERVERS",
            required = true,
            paramLabel = "HOST:PORT",
            description = "One or more Kafka brokers, with commas between. [BOOTSTRAP_SERVERS]")
    private String bootstrapServers = "";

    @Option(
            names = "--group",
            descriptionKey = "CLUSTER_ID",
            defaultValue = "teste-consumer",
            paramLabel = "ID",
            description = "Consumer group, teste-consumer by default. [CLUSTER_ID]")
    private String group = "";

    @Option(
            names = "--api-key",
            descriptionKey = "API_KEY",
            paramLabel = "KEY",
            description = "API key, or user, of the SASL login. [API_KEY]")
    private @Nullable String apiKey;

    @Option(
            names = "--api-secret",
            descriptionKey = "API_SECRET",
            interactive = true,
            arity = "0..1",
            paramLabel = "TEXT",
            description = "Asks for the API secret; as a flag's value it would be seen by all users. [API_SECRET]")
    private @Nullable Secret apiSecret;

    @Option(
            names = "--ca-file",
            descriptionKey = "KAFKA_CA_FILE",
            paramLabel = "FILE",
            description = "PEM file of the CAs to trust instead of the JVM's. [KAFKA_CA_FILE]")
    private @Nullable Path caFile;

    @Option(
            names = "--security-protocol",
            descriptionKey = "KAFKA_SECURITY_PROTOCOL",
            paramLabel = "NAME",
            description = "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL; SASL_SSL by default with an API key, SSL with a"
                    + " CA file, else PLAINTEXT. [KAFKA_SECURITY_PROTOCOL]")
    private @Nullable SecurityProtocol securityProtocol;

    @Option(
            names = "--sasl-mechanism",
            descriptionKey = "KAFKA_SASL_MECHANISM",
            defaultValue = "PLAIN",
            paramLabel = "NAME",
            completionCandidates = Mechanisms.class,
            description = "PLAIN by default, SCRAM-SHA-256 or SCRAM-SHA-512. [KAFKA_SASL_MECHANISM]")
    private String saslMechanism = "";

    String bootstrapServers() {
        return bootstrapServers;
    }

    String group() {
        return group;
    }

    @Nullable
    String apiKey() {
        return apiKey;
    }

    SecurityProtocol protocol() {
        if (securityProtocol != null) {
            return securityProtocol;
        }
        return apiKey != null
                ? SecurityProtocol.SASL_SSL
                : caFile != null ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
    }

    /**
     * The settings of a Kafka consumer.
     *
     * @throws CommandFailure when the options don't go together
     */
    Map<String, Object> consumerConfig() {
        SecurityProtocol protocol = protocol();
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "hivemq-kafka-bridge-consumer");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        if (protocol == SecurityProtocol.SASL_SSL || protocol == SecurityProtocol.SASL_PLAINTEXT) {
            if (apiKey == null || apiSecret == null) {
                throw CommandFailure.wrongSetting(protocol + " needs both API_KEY and API_SECRET; "
                        + (apiKey == null ? "API_KEY" : "API_SECRET") + " is not set");
            }
            if (!MECHANISMS.contains(saslMechanism)) {
                throw CommandFailure.wrongSetting("'" + saslMechanism + "' is no SASL mechanism known here; use "
                        + String.join(", ", MECHANISMS) + " in --sasl-mechanism");
            }
            config.put(SaslConfigs.SASL_MECHANISM, saslMechanism);
            config.put(SaslConfigs.SASL_JAAS_CONFIG, Jaas.login(saslMechanism, apiKey, apiSecret.value()));
        }
        if (caFile != null) {
            CaFile.certificates(caFile); // Kafka's own message would be a stack of exceptions
            config.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            config.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, caFile.toString());
        }
        return config;
    }

    /** What a shell offers for {@code --sasl-mechanism}. */
    static final class Mechanisms implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return MECHANISMS.iterator();
        }
    }
}
