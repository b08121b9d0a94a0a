package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Who publishes; made once for each connection, and with it what all of its records share. Immutable. */
public final class MqttClient {

    private final String id;
    private final @Nullable String username;
    private final byte[] idBytes;
    private final byte @Nullable [] usernameBytes;

    /**
     * A client.
     *
     * @param id the MQTT client id
     * @param username the user name that it connected with; null when it named none
     */
    public MqttClient(final String id, final @Nullable String username) {
        this.id = id;
        this.username = username;
        this.idBytes = id.getBytes(StandardCharsets.UTF_8);
        this.usernameBytes = username == null ? null : username.getBytes(StandardCharsets.UTF_8);
    }

    public String id() {
        return id;
    }

    public @Nullable String username() {
        return username;
    }

    /** The client id in UTF-8, shared by all of its records. */
    byte[] idBytes() {
        return idBytes;
    }

    /** The user name in UTF-8, shared by all of its records. */
    byte @Nullable [] usernameBytes() {
        return usernameBytes;
    }
}
