package io.kafkabridge.publisher;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where the broker listens. TLS and port 8883 unless the text says otherwise.
 *
 * @param tls whether the connection is encrypted
 */
record BrokerAddress(boolean tls, String host, int port) {
    private static final Map<String, Boolean> SCHEMES =
            Map.of("ssl", true, "mqtts", true, "tls", true, "tcp", false, "mqtt", false);

    /**
     * Reads {@code host}, {@code host:port} or a URI with one of the schemes above.
     *
     * @throws IllegalArgumentException with a line for the user
     */
    static BrokerAddress parse(String text) {
        String address = text.contains("://") ? text : "ssl://" + text;
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            @Nullable Boolean tls = SCHEMES.get(scheme);
            if (tls == null) {
                throw new IllegalArgumentException("'" + text + "' has the unknown scheme '" + scheme
                        + "'; use ssl:// or mqtts:// with TLS, tcp:// or mqtt:// without");
            }
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "a broker address has no user and password; use HIVE_USER and HIVE_PSWD");
            }
            if (uri.getHost() == null
                    || uri.getPort() > 65535
                    || !(uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
                throw notAnAddress(text);
            }
            int port = uri.getPort() == -1 ? (tls ? 8883 : 1883) : uri.getPort();
            return new BrokerAddress(tls, uri.getHost(), port);
        } catch (URISyntaxException e) {
            throw notAnAddress(text);
        }
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no broker address; use host, host:port or a URI such as tcp://host:1883");
    }

    /** The form that Paho understands. */
    String uri() {
        return (tls ? "ssl://" : "tcp://") + this;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
