package io.kafkabridge.publisher;

import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.jspecify.annotations.Nullable;

/** What other threads tell the {@link Publisher}. */
sealed interface Event {
    /**
     * The broker answered a message, or a QoS 0 message was sent.
     *
     * @param at when, in the time of {@link System#nanoTime}
     * @param refusal the broker's reason code when it refused the message, else null
     */
    record Settled(
            Connection connection,
            int packetId,
            long at,
            @Nullable Integer refusal) implements Event {}

    /** The connection ended, and not by our wish. */
    record Lost(Connection connection, MqttDisconnectResponse end) implements Event {}

    /** There may be a new message to publish. */
    record Woken() implements Event {}

    /** The user wants to stop. */
    record Stopped() implements Event {}
}
