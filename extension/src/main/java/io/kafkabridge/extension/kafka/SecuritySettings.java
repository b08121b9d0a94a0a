package io.kafkabridge.extension.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.oauthbearer.ClientCredentialsJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

import io.kafkabridge.extension.config.stores.PemFiles;
import io.kafkabridge.extension.model.Authentication;
import io.kafkabridge.extension.model.FileVersion;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Tls;

/** How a client of a cluster connects safely: TLS and SASL, as Kafka names them. */
final class SecuritySettings {

    /** A JKS provider of today's JVMs reads PKCS12 as well (JEP 229). */
    private static final String STORE = "JKS";

    private static final String PEM = "PEM";

    /** Tokens are asked for on the delivery's thread: a token endpoint that doesn't answer must not hold it up for long. */
    private static final int TOKEN_TIMEOUT_MILLIS = 3_000;

    /** How long it is asked again before the producer is given up, to be opened anew. */
    private static final long TOKEN_RETRY_MILLIS = 1_000;

    private SecuritySettings() {}

    /**
     * The settings.
     *
     * @throws UncheckedIOException when a certificate or key can't be read
     */
    static Map<String, Object> of(final KafkaCluster cluster) {
        final Map<String, Object> settings = new HashMap<>();
        cluster.tls().ifPresent(tls -> addTls(settings, tls));
        cluster.authentication().ifPresent(authentication -> {
            if (authentication instanceof Authentication.Login login) {
                addLogin(settings, login);
            } else if (authentication instanceof Authentication.OAuthBearer oauth) {
                addOAuthBearer(settings, oauth);
            }
        });
        final boolean sasl = cluster.authentication().isPresent()
                || cluster.properties().stream()
                        .anyMatch(property -> property.name().equals(SaslConfigs.SASL_MECHANISM));
        settings.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                (sasl ? "SASL_" : "") + (cluster.tls().isPresent() ? "SSL" : "PLAINTEXT"));
        return settings;
    }

    private static void addTls(final Map<String, Object> settings, final Tls tls) {
        tls.caFile().ifPresent(file -> {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.path().toString());
        });
        tls.truststore().ifPresent(store -> {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, STORE);
            settings.put(
                    SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                    store.file().path().toString());
            store.password()
                    .ifPresent(secret ->
                            settings.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, new Password(secret.value())));
        });
        tls.keystore().ifPresent(store -> {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, STORE);
            settings.put(
                    SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, store.file().path().toString());
            settings.put(
                    SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                    new Password(store.password().value()));
            settings.put(
                    SslConfigs.SSL_KEY_PASSWORD_CONFIG,
                    new Password(store.keyPassword().value()));
        });
        tls.pemKey().ifPresent(pem -> {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, content(pem.certificate()));
            settings.put(
                    SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
                    new Password(PemFiles.readKey(pem).value()));
        });
        putUnlessEmpty(settings, SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, tls.protocols());
        putUnlessEmpty(settings, SslConfigs.SSL_CIPHER_SUITES_CONFIG, tls.cipherSuites());
        if (!tls.hostnameVerification()) {
            settings.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
    }

    private static void putUnlessEmpty(
            final Map<String, Object> settings, final String name, final List<String> values) {
        if (!values.isEmpty()) {
            settings.put(name, values);
        }
    }

    private static Password content(final FileVersion file) {
        try {
            return new Password(Files.readString(file.path(), StandardCharsets.ISO_8859_1));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addLogin(final Map<String, Object> settings, final Authentication.Login login) {
        settings.put(SaslConfigs.SASL_MECHANISM, login.mechanism().saslName());
        settings.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                new Password(login.mechanism().loginModule() + " required username=" + quoted(login.username())
                        + " password=" + quoted(login.password().value()) + ";"));
    }

    private static void addOAuthBearer(final Map<String, Object> settings, final Authentication.OAuthBearer oauth) {
        settings.put(SaslConfigs.SASL_MECHANISM, OAuthBearerLoginModule.OAUTHBEARER_MECHANISM);
        settings.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, OAuthLogin.class);
        settings.put(SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS, ClientCredentialsJwtRetriever.class);
        // The default can check signatures as a broker does, and needs a library for it that isn't there.
        settings.put(SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS, ClientJwtValidator.class);
        settings.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, oauth.tokenEndpoint());
        settings.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, oauth.clientId());
        settings.put(
                SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
                new Password(oauth.clientSecret().value()));
        oauth.scope().ifPresent(scope -> settings.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, scope));
        settings.put(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, TOKEN_TIMEOUT_MILLIS);
        settings.put(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, TOKEN_TIMEOUT_MILLIS);
        settings.put(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MAX_MS, TOKEN_RETRY_MILLIS);
        // For the token endpoint, Kafka looks for TLS settings here and not among the others.
        final String trust = oauth.caFile()
                .map(file -> " " + SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG + "=" + quoted(PEM) + " "
                        + SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG + "="
                        + quoted(file.path().toString()))
                .orElse("");
        settings.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                new Password(OAuthBearerLoginModule.class.getName() + " required" + trust + ";"));
    }

    /** Quotes a value for a JAAS line, whose strings have the escapes of Java's (StreamTokenizer). */
    private static String quoted(final String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
