package io.kafkabridge.extension.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/** Whether a cluster's bootstrap servers can be found at all. */
final class Bootstrap {

    private Bootstrap() {}

    /**
     * Looks the hosts up; blocks for as long as DNS does. A producer would do the same, but only after it has logged and
     * built everything else.
     *
     * @param servers {@code host:port}, separated by commas
     * @return why no host is known, or null when at least one is
     */
    static @Nullable Exception unresolvable(final String servers) {
        UnknownHostException unknown = null;
        for (final String server : servers.split(",", -1)) {
            try {
                InetAddress.getAllByName(
                        server.substring(0, server.lastIndexOf(':')).strip());
                return null;
            } catch (final UnknownHostException e) {
                unknown = e;
            }
        }
        return unknown;
    }
}
