package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Who publishes; made once for each connection, and with it what all of its records share. Immutable. */
public final class MqttClient {

    private final String id;
    private final @Nullable String username;
    private final Header idHeader;

    /**
     * A client.
     *
     * @param id the MQTT client id
     * @param username the user name that it connected with; null when it named none
     */
    public MqttClient(final String id, final @Nullable String username) {
        this.id = id;
        this.username = username;
        this.idHeader = new RecordHeader("mqtt.client-id", id.getBytes(StandardCharsets.UTF_8));
    }

    public String id() {
        return id;
    }

    public @Nullable String username() {
        return username;
    }

    /** The header {@code mqtt.client-id}. */
    Header idHeader() {
        return idHeader;
    }
}
