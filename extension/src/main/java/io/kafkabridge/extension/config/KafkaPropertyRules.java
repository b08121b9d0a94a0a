package io.kafkabridge.extension.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.spi.LoginModule;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Nearest;
import io.kafkabridge.extension.model.Authentication;
import io.kafkabridge.extension.model.Authentication.Login;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.Tls;

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

    private static final String JAAS_EXAMPLE =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"p\";";

    private static final String BYTES = "org.apache.kafka.common.serialization.ByteArraySerializer";

    /** What is so for every cluster. */
    private static final Map<String, List<String>> ALWAYS = Map.of(
            "acks", List.of("all", "-1"),
            "enable.idempotence", List.of("true"),
            "max.in.flight.requests.per.connection", List.of("1"),
            "retries", List.of(Integer.toString(Integer.MAX_VALUE)),
            "max.block.ms", List.of("0"),
            "key.serializer", List.of(BYTES),
            "value.serializer", List.of(BYTES),
            "partitioner.ignore.keys", List.of("false"));

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

    /**
     * What is so anyway, by the names of properties that say it: the files of cloud consoles have them. One that says something
     * else is refused.
     *
     * @param servers null when they are wrong
     */
    static Map<String, List<String>> inForce(
            final String protocol,
            final @Nullable String servers,
            final Optional<Tls> tls,
            final Optional<Authentication> authentication,
            final Limits limits) {
        final Map<String, List<String>> all = new HashMap<>(ALWAYS);
        all.put("security.protocol", List.of(protocol));
        all.put(
                "delivery.timeout.ms",
                List.of(Long.toString(limits.deliveryTimeout().toMillis())));
        all.put(
                "ssl.endpoint.identification.algorithm",
                List.of(tls.map(Tls::hostnameVerification).orElse(true) ? "https" : ""));
        if (servers != null) {
            all.put("bootstrap.servers", List.of(servers));
        }
        authentication.ifPresent(login -> all.put(
                "sasl.mechanism",
                List.of(login instanceof Login known ? known.mechanism().saslName() : "OAUTHBEARER")));
        return all;
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
        if (name.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            checkJaas(value);
        }
        return value;
    }

    /** Has Kafka parse a JAAS line, and looks for its login module: at run time, it would be an outage. */
    private static void checkJaas(final String line) {
        final List<AppConfigurationEntry> entries;
        try {
            entries = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(line)))
                    .configurationEntries();
        } catch (final RuntimeException e) {
            // Its message may quote a part of a password.
            throw new IllegalArgumentException(
                    "must be a login module, \"required\", its options and a semicolon, such as " + JAAS_EXAMPLE, e);
        }
        for (final AppConfigurationEntry entry : entries) {
            try {
                final Class<?> module =
                        Class.forName(entry.getLoginModuleName(), false, KafkaPropertyRules.class.getClassLoader());
                if (!LoginModule.class.isAssignableFrom(module)) {
                    throw new IllegalArgumentException("its class is no login module; an example: " + JAAS_EXAMPLE);
                }
            } catch (final ClassNotFoundException | LinkageError e) {
                throw new IllegalArgumentException(
                        "its login module isn't there: neither kafka-clients nor the JDK has such a class; an example: "
                                + JAAS_EXAMPLE,
                        e);
            }
        }
    }
}
