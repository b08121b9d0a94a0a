package io.kafkabridge.extension.monitoring.http;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The name by which a browser asks for a server. A web page from elsewhere can make its own name lead to 127.0.0.1 (DNS rebinding)
 * and read what only this machine may; but it can't ask by another name than its own.
 */
final class HostName {

    private static final Pattern LOCAL = Pattern.compile("(?i)(localhost|[0-9.]+|\\[[0-9a-f:.]+])(:[0-9]+)?");

    private HostName() {}

    /** Whether a header {@code Host} names this machine or an IP address; without one no browser asks. */
    static boolean isLocal(final @Nullable String host) {
        return host == null || LOCAL.matcher(host).matches();
    }
}
