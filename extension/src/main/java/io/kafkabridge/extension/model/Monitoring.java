package io.kafkabridge.extension.model;

import java.util.Optional;

import io.kafkabridge.common.Secret;

/**
 * Where the monitoring server listens, and who may read there.
 *
 * @param bindAddress an IP address or a host name of this machine
 * @param port its TCP port; 0: one that is free (for tests)
 * @param login asked for everything but the health checks; empty: nobody is asked
 */
public record Monitoring(String bindAddress, int port, Optional<User> login) {

    /** Only this machine reaches it. */
    public static final String DEFAULT_ADDRESS = "127.0.0.1";

    public static final int DEFAULT_PORT = 9398;

    /**
     * Who may read.
     *
     * @param username not empty, without a colon
     * @param password not empty
     */
    public record User(String username, Secret password) {}
}
