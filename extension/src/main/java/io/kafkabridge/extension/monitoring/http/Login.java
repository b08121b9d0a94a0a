package io.kafkabridge.extension.monitoring.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Monitoring;

/** Basic authentication (RFC 7617). Keeps a digest, and compares it in a time that tells nothing. Thread-safe. */
final class Login {

    static final String CHALLENGE = "Basic realm=\"HiveMQ Kafka Bridge\", charset=\"UTF-8\"";

    private static final String SCHEME = "Basic ";

    private final byte[] digest;

    Login(final Monitoring.User user) {
        digest = digest((user.username() + ":" + user.password().value()).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a header {@code Authorization} is the right one. */
    boolean accepts(final @Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            final byte[] given = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(digest, digest(given));
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] digest(final byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
