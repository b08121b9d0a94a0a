package io.kafkabridge.extension.kafka;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;

import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens as kafka-clients does, with two differences: the operator needs no system property, and when there is no token
 * the exception says why, in a line. Kafka makes one for each login, with this public constructor, and calls it from one thread
 * at a time.
 */
public final class OAuthLogin extends OAuthBearerLoginCallbackHandler {

    /** Without it kafka-clients asks no URL, so that whoever writes a client's settings can't have it call any host. */
    private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private String endpoint = "";
    private String secret = "";

    @Override
    public void configure(
            final Map<String, ?> configs,
            final String saslMechanism,
            final List<AppConfigurationEntry> jaasConfigEntries) {
        endpoint = String.valueOf(configs.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL));
        if (configs.get(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET) instanceof Password password) {
            secret = password.value();
        }
        allow(endpoint);
        super.configure(configs, saslMechanism, jaasConfigEntries);
    }

    /** The property is the whole JVM's: what it lists stays. */
    private static void allow(final String url) {
        synchronized (OAuthLogin.class) {
            final Set<String> all = new LinkedHashSet<>(
                    Arrays.asList(System.getProperty(ALLOWED, "").split(",", -1)));
            all.remove("");
            if (all.add(url)) {
                System.setProperty(ALLOWED, String.join(",", all));
            }
        }
    }

    /** Kafka would log a failure with its stack trace, once a second, and hide its cause from the producer's exception. */
    @Override
    public void handle(final Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        try {
            super.handle(callbacks);
            token(callbacks)
                    .filter(token -> token.token() == null)
                    .ifPresent(token -> fail(token, token.errorDescription()));
        } catch (final IOException | RuntimeException e) {
            fail(token(callbacks).orElseThrow(() -> new IllegalStateException("No token was asked for", e)), reason(e));
        }
    }

    private static Optional<OAuthBearerTokenCallback> token(final Callback[] callbacks) {
        return Stream.of(callbacks)
                .filter(OAuthBearerTokenCallback.class::isInstance)
                .map(OAuthBearerTokenCallback.class::cast)
                .findFirst();
    }

    private void fail(final OAuthBearerTokenCallback callback, final @Nullable String reason) {
        callback.error("no_token", "no token from " + endpoint + ": " + shown(String.valueOf(reason)), null);
    }

    /** The first that isn't a wrapping of Kafka's. */
    private static String reason(final Throwable error) {
        Throwable reason = error;
        while (reason.getCause() != null && reason.getClass().getName().startsWith("org.apache.kafka")) {
            reason = reason.getCause();
        }
        return reason.toString();
    }

    /** A line, without the secret; and without an answer that Kafka doesn't understand: it may hold a token. */
    private String shown(final String reason) {
        final String line = reason.replaceFirst("(?s) Response: \\(.*", "").replaceAll("\\s+", " ");
        return secret.isEmpty() ? line : line.replace(secret, "***");
    }
}
