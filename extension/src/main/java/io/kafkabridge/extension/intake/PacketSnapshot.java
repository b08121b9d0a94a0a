package io.kafkabridge.extension.intake;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.PayloadFormatIndicator;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.record.MqttProperties;
import io.kafkabridge.extension.record.MqttProperties.UserProperty;
import io.kafkabridge.extension.record.Publish;

/** Copies what the bridge needs out of HiveMQ's packets. */
final class PacketSnapshot {

    private static final byte[] EMPTY = {};

    /** The largest that MQTT can say. HiveMQ has one more for publishes that say nothing. */
    private static final long MAX_EXPIRY = 0xffff_ffffL;

    private PacketSnapshot() {}

    /**
     * A publish.
     *
     * @param mqtt5 whether it may have properties
     */
    static Publish of(final PublishPacket packet, final MqttClient client, final boolean mqtt5) {
        return of(packet, client, mqtt5 ? properties(packet) : MqttProperties.NONE, false);
    }

    static Publish ofWill(final WillPublishPacket packet, final MqttClient client) {
        return of(packet, client, properties(packet), true);
    }

    private static Publish of(
            final PublishPacket packet, final MqttClient client, final MqttProperties properties, final boolean will) {
        return new Publish(
                packet.getTopic(),
                bytes(packet.getPayload()),
                packet.getQos().getQosNumber(),
                packet.getRetain(),
                !will && packet.getDupFlag(),
                will || packet.getQos() == Qos.AT_MOST_ONCE ? 0 : packet.getPacketId(),
                client,
                properties,
                will);
    }

    private static MqttProperties properties(final PublishPacket packet) {
        final @Nullable String contentType = packet.getContentType().orElse(null);
        final @Nullable String responseTopic = packet.getResponseTopic().orElse(null);
        final Optional<ByteBuffer> correlationData = packet.getCorrelationData();
        final @Nullable PayloadFormatIndicator format =
                packet.getPayloadFormatIndicator().orElse(null);
        final @Nullable Long expiry = packet.getMessageExpiryInterval()
                .filter(seconds -> seconds <= MAX_EXPIRY)
                .orElse(null);
        final boolean userProperties = !packet.getUserProperties().isEmpty();
        if (contentType == null
                && responseTopic == null
                && correlationData.isEmpty()
                && format == null
                && expiry == null
                && !userProperties) {
            return MqttProperties.NONE;
        }
        return new MqttProperties(
                contentType,
                responseTopic,
                correlationData.isEmpty() ? null : bytes(correlationData),
                format == null ? null : format == PayloadFormatIndicator.UTF_8 ? 1 : 0,
                expiry,
                userProperties ? userProperties(packet) : List.of());
    }

    private static List<UserProperty> userProperties(final PublishPacket packet) {
        return packet.getUserProperties().asList().stream()
                .map(property -> new UserProperty(property.getName(), property.getValue()))
                .toList();
    }

    private static byte[] bytes(final Optional<ByteBuffer> content) {
        final @Nullable ByteBuffer buffer = content.orElse(null);
        if (buffer == null || !buffer.hasRemaining()) {
            return EMPTY;
        }
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
