package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.record.MqttProperties.UserProperty;

/** Builds publishes: by default QoS 1, packet id 7, of client {@code c1}, to {@code plant/7/temp}, with the payload "21.5". */
final class Publishes {

    private String topic = "plant/7/temp";
    private byte[] payload = "21.5".getBytes(StandardCharsets.UTF_8);
    private int qos = 1;
    private boolean retain;
    private boolean dup;
    private int packetId = 7;
    private MqttClient client = new MqttClient("c1", null);
    private @Nullable String contentType;
    private @Nullable String responseTopic;
    private byte @Nullable [] correlationData;
    private @Nullable Integer payloadFormat;
    private @Nullable Long messageExpiry;
    private final List<UserProperty> userProperties = new ArrayList<>();

    static Publish any() {
        return new Publishes().build();
    }

    static Publish to(final String topic) {
        return new Publishes().topic(topic).build();
    }

    static Publish of(final String payload) {
        return new Publishes().payload(payload).build();
    }

    Publishes topic(final String name) {
        topic = name;
        return this;
    }

    Publishes payload(final String text) {
        payload = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Publishes payload(final byte[] bytes) {
        payload = bytes;
        return this;
    }

    Publishes qos(final int number) {
        qos = number;
        packetId = number == 0 ? 0 : packetId;
        return this;
    }

    Publishes retain() {
        retain = true;
        return this;
    }

    Publishes dup() {
        dup = true;
        return this;
    }

    Publishes client(final String id, final @Nullable String username) {
        client = new MqttClient(id, username);
        return this;
    }

    Publishes contentType(final String type) {
        contentType = type;
        return this;
    }

    Publishes responseTopic(final String name) {
        responseTopic = name;
        return this;
    }

    Publishes correlationData(final byte... data) {
        correlationData = data;
        return this;
    }

    Publishes payloadFormat(final int format) {
        payloadFormat = format;
        return this;
    }

    Publishes messageExpiry(final long seconds) {
        messageExpiry = seconds;
        return this;
    }

    Publishes property(final String name, final String value) {
        userProperties.add(new UserProperty(name, value));
        return this;
    }

    Publish build() {
        return new Publish(
                topic,
                payload,
                qos,
                retain,
                dup,
                packetId,
                client,
                new MqttProperties(
                        contentType,
                        responseTopic,
                        correlationData,
                        payloadFormat,
                        messageExpiry,
                        List.copyOf(userProperties)));
    }
}
