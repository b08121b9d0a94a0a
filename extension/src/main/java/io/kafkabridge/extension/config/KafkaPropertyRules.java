package io.kafkabridge.extension.config;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Nearest;

/** Which settings of kafka-clients a configuration may make, and with which values. */
final class KafkaPropertyRules {

    private static final String KEEPS_ORDER = "the order of records depends on it";
    private static final String NO_TRANSACTIONS = "the bridge has no transactions: each record is safe by itself";
    private static final String TRUST = "say it in <tls>, with <ca-file> or <truststore>";
    private static final String OWN_CERTIFICATE = "say it in <tls>, with <keystore> or <certificate-file>";
    private static final String TOKENS = "say it in <authentication>, with <oauthbearer>";

    /** Each name with the reason. */
    private static final Map<String, String> REFUSED = refused();

    /** What an {@code <authentication>} sets. */
    private static final Set<String> OF_AUTHENTICATION = Set.of(
            "sasl.mechanism",
            "sasl.jaas.config",
            "sasl.login.class",
            "sasl.login.callback.handler.class",
            "sasl.client.callback.handler.class",
            "sasl.oauthbearer.jwt.retriever.class",
            "sasl.oauthbearer.jwt.validator.class");

    private static final Map<String, ConfigDef.ConfigKey> KEYS =
            ProducerConfig.configDef().configKeys();

    private KafkaPropertyRules() {}

    private static Map<String, String> refused() {
        final Map<String, String> all = new TreeMap<>();
        all.put("acks", "it is all: an acknowledged record is on every in-sync replica");
        all.put("enable.idempotence", "it is true: a repeated request must not repeat records or swap them");
        all.put("max.in.flight.requests.per.connection", "it is 1: " + KEEPS_ORDER);
        all.put("retries", "<delivery-timeout> says how long the bridge tries");
        all.put("delivery.timeout.ms", "say it with <delivery-timeout>");
        all.put("max.block.ms", "it is 0: a record is sent on HiveMQ's threads, which must not wait");
        all.put("buffer.memory", "<max-in-flight> says how much memory records may take");
        all.put("key.serializer", "keys are bytes already; say what they are with <key> in a mapping");
        all.put("value.serializer", "values are bytes already");
        all.put("partitioner.class", "say it with <key> or <partition> in a mapping: " + KEEPS_ORDER);
        all.put("partitioner.ignore.keys", "say it with <key>{none}</key> in a mapping: " + KEEPS_ORDER);
        all.put("interceptor.classes", "an interceptor may change or hold records, on HiveMQ's threads");
        all.put("transactional.id", NO_TRANSACTIONS);
        all.put("transaction.timeout.ms", NO_TRANSACTIONS);
        all.put("transaction.two.phase.commit.enable", NO_TRANSACTIONS);
        all.put("config.providers", "${ENV:NAME} and ${FILE:path} take values from elsewhere");
        all.put("bootstrap.servers", "say it with <bootstrap-servers>");
        all.put("security.protocol", "it follows from <tls> and <authentication>");
        all.put("ssl.truststore.location", TRUST);
        all.put("ssl.truststore.password", TRUST);
        all.put("ssl.truststore.type", TRUST);
        all.put("ssl.truststore.certificates", TRUST);
        all.put("ssl.keystore.location", OWN_CERTIFICATE);
        all.put("ssl.keystore.password", OWN_CERTIFICATE);
        all.put("ssl.keystore.type", OWN_CERTIFICATE);
        all.put("ssl.keystore.key", OWN_CERTIFICATE);
        all.put("ssl.keystore.certificate.chain", OWN_CERTIFICATE);
        all.put("ssl.key.password", OWN_CERTIFICATE);
        all.put("ssl.enabled.protocols", "say it in <tls>, with <protocols>");
        all.put("ssl.cipher.suites", "say it in <tls>, with <cipher-suites>");
        all.put("ssl.endpoint.identification.algorithm", "say it in <tls>, with <hostname-verification>");
        all.put("sasl.oauthbearer.token.endpoint.url", TOKENS);
        all.put("sasl.oauthbearer.client.credentials.client.id", TOKENS);
        all.put("sasl.oauthbearer.client.credentials.client.secret", TOKENS);
        all.put("sasl.oauthbearer.scope", TOKENS);
        return Collections.unmodifiableMap(all);
    }

    /** The names that are always refused, with the reasons. */
    static Map<String, String> reasons() {
        return REFUSED;
    }

    /**
     * The name, if it may be set.
     *
     * @param hasAuthentication whether the cluster has an {@code <authentication>}
     * @throws IllegalArgumentException when it may not; the message is the reason
     */
    static String name(final String name, final boolean hasAuthentication) {
        final @Nullable String reason = REFUSED.get(name);
        if (reason != null) {
            throw new IllegalArgumentException("can't be set here: " + reason);
        }
        final ConfigDef.@Nullable ConfigKey key = KEYS.get(name);
        if (key == null || key.internalConfig) {
            throw new IllegalArgumentException("kafka-clients' producer has no such setting"
                    + Nearest.of(name, new TreeSet<>(KEYS.keySet()))
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse(""));
        }
        if (hasAuthentication && OF_AUTHENTICATION.contains(name)) {
            throw new IllegalArgumentException("can't be set beside <authentication>, which sets it; keep one");
        }
        return name;
    }

    /** Whether Kafka takes it for a password. */
    static boolean isSecret(final String name) {
        final ConfigDef.@Nullable ConfigKey key = KEYS.get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    /**
     * The value, if Kafka accepts it for that name.
     *
     * @param shown whether the message may show it
     * @throws IllegalArgumentException when it doesn't; the message is Kafka's
     */
    static String value(final String name, final String value, final boolean shown) {
        final ConfigDef.@Nullable ConfigKey key = KEYS.get(name);
        if (key == null) {
            return value;
        }
        try {
            final @Nullable Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, parsed);
            }
        } catch (final ConfigException e) {
            throw new IllegalArgumentException(
                    shown
                            ? String.valueOf(e.getMessage())
                            : "Kafka doesn't accept this value for " + name + ", which is of type " + key.type,
                    e);
        }
        return value;
    }
}
