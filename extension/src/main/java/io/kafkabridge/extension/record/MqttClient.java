package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Who publishes; made once for each connection, and with it what all of its records share. Thread-safe. */
public final class MqttClient {

    private final String id;
    private final @Nullable String username;
    private final byte[] idBytes;
    private final byte @Nullable [] usernameBytes;

    /** The last one that was asked for; mostly all of a client's records have the same. */
    private volatile @Nullable Header idHeader;

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

    /** The header with the client id in UTF-8. */
    Header idHeader(final String name) {
        Header header = idHeader;
        if (header == null || !header.key().equals(name)) {
            header = new RecordHeader(name, idBytes);
            idHeader = header;
        }
        return header;
    }

    /** The user name in UTF-8, shared by all of its records. */
    byte @Nullable [] usernameBytes() {
        return usernameBytes;
    }
}
