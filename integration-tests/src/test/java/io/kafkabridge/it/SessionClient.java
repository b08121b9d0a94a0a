package io.kafkabridge.it;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;

/**
 * An MQTT client that has a persistent session, reconnects by itself until it is closed, and then sends again what wasn't
 * acknowledged. Thread-safe.
 */
final class SessionClient implements AutoCloseable {

    private static final int RECONNECT_MILLIS = 100;

    private final AtomicInteger connects = new AtomicInteger();
    private final Publishing publishing;
    private final Runnable disconnecting;
    private volatile boolean closed;

    private interface Publishing {
        CompletableFuture<?> publish(String topic, MqttQos qos, byte[] payload);
    }

    /**
     * Connects.
     *
     * @param version 3 for MQTT 3.1.1, 5 for MQTT 5
     */
    SessionClient(final String clientId, final int version, final int port) {
        final MqttClientBuilder builder = MqttClient.builder()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .addConnectedListener(context -> connects.incrementAndGet())
                .addDisconnectedListener(context -> context.getReconnector()
                        .reconnect(!closed)
                        .republishIfSessionExpired(true)
                        .delay(RECONNECT_MILLIS, TimeUnit.MILLISECONDS));
        if (version == 3) {
            final Mqtt3AsyncClient client = builder.useMqttVersion3().buildAsync();
            client.connectWith().cleanSession(false).send().join();
            publishing = (topic, qos, payload) ->
                    client.publishWith().topic(topic).qos(qos).payload(payload).send();
            disconnecting =
                    () -> client.disconnect().exceptionally(alreadyGone -> null).join();
        } else {
            final Mqtt5AsyncClient client = builder.useMqttVersion5().buildAsync();
            client.connectWith().cleanStart(false).noSessionExpiry().send().join();
            publishing = (topic, qos, payload) ->
                    client.publishWith().topic(topic).qos(qos).payload(payload).send();
            disconnecting =
                    () -> client.disconnect().exceptionally(alreadyGone -> null).join();
        }
    }

    /** Sends one message; the future completes when the broker has acknowledged it, with QoS 0 when it is on its way. */
    CompletableFuture<?> publish(final String topic, final int qos, final byte[] payload) {
        return publishing.publish(topic, Objects.requireNonNull(MqttQos.fromCode(qos)), payload);
    }

    /** How often it has connected. */
    int connects() {
        return connects.get();
    }

    @Override
    public void close() {
        closed = true;
        disconnecting.run();
    }
}
