package io.kafkabridge.extension.record;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.payload.Metadata;

/**
 * A snapshot of an MQTT publish or last will, taken once.
 *
 * @param topic the MQTT topic name
 * @param payload the payload; it must not change any more
 * @param qos 0, 1 or 2
 * @param retain the retain flag
 * @param dup the DUP flag: the client may have sent it before
 * @param packetId the MQTT packet identifier; 0 where there is none: QoS 0, a last will
 * @param client who published it
 * @param properties of MQTT 5
 * @param will whether it is a last will
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Publish(
        String topic,
        byte[] payload,
        int qos,
        boolean retain,
        boolean dup,
        int packetId,
        MqttClient client,
        MqttProperties properties,
        boolean will)
        implements Metadata {

    /** A publish that isn't a last will. */
    public Publish(
            final String topic,
            final byte[] payload,
            final int qos,
            final boolean retain,
            final boolean dup,
            final int packetId,
            final MqttClient client,
            final MqttProperties properties) {
        this(topic, payload, qos, retain, dup, packetId, client, properties, false);
    }

    @Override
    public String clientId() {
        return client.id();
    }

    @Override
    public @Nullable String username() {
        return client.username();
    }

    @Override
    public void userProperties(final BiConsumer<String, String> each) {
        properties.userProperties().forEach(property -> each.accept(property.name(), property.value()));
    }
}
