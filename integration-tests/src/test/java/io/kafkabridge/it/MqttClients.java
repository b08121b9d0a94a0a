package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** Publishing with any version of MQTT; a publish returns once the broker has acknowledged it, and throws if it doesn't. */
interface MqttClients extends AutoCloseable {

    void publish(String topic, int qos, boolean retain, byte[] payload);

    /** Disconnects, unless the broker has done that. */
    @Override
    void close();

    /** Who a client is; {@code null} for a user means none. */
    record Login(String clientId, @Nullable String user, String password) {

        static Login anonymous() {
            return new Login("it" + UUID.randomUUID().toString().substring(0, 8), null, "");
        }
    }

    /** The protocol's versions, each with a client of its own kind. */
    enum Version {
        MQTT_3_1,
        MQTT_3_1_1,
        MQTT_5;

        MqttClients connect(final int port) {
            return connect(port, Login.anonymous());
        }

        MqttClients connect(final int port, final Login login) {
            return switch (this) {
                case MQTT_3_1 -> mqtt31(port, login);
                case MQTT_3_1_1 -> mqtt311(port, login);
                case MQTT_5 -> mqtt5(port, login);
            };
        }
    }

    private static MqttClients mqtt31(final int port, final Login login) {
        try {
            final var client = new org.eclipse.paho.client.mqttv3.MqttClient(
                    "tcp://127.0.0.1:" + port, login.clientId(), new MemoryPersistence());
            final MqttConnectOptions options = new MqttConnectOptions();
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1);
            if (login.user() != null) {
                options.setUserName(login.user());
                options.setPassword(login.password().toCharArray());
            }
            client.connect(options);
            return new MqttClients() {
                @Override
                public void publish(final String topic, final int qos, final boolean retain, final byte[] payload) {
                    try {
                        client.publish(topic, payload, qos, retain);
                    } catch (final MqttException e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public void close() {
                    try {
                        client.disconnectForcibly(100, 100);
                        client.close();
                    } catch (final MqttException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
        } catch (final MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MqttClients mqtt311(final int port, final Login login) {
        final Mqtt3ClientBuilder builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier(login.clientId())
                .serverHost("127.0.0.1")
                .serverPort(port);
        if (login.user() != null) {
            builder.simpleAuth()
                    .username(login.user())
                    .password(login.password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        final Mqtt3BlockingClient client = builder.buildBlocking();
        client.connect();
        return new MqttClients() {
            @Override
            public void publish(final String topic, final int qos, final boolean retain, final byte[] payload) {
                client.publishWith()
                        .topic(topic)
                        .qos(qos(qos))
                        .retain(retain)
                        .payload(payload)
                        .send();
            }

            @Override
            public void close() {
                if (client.getState().isConnected()) {
                    client.disconnect();
                }
            }
        };
    }

    private static MqttClients mqtt5(final int port, final Login login) {
        final Mqtt5ClientBuilder builder = MqttClient.builder()
                .useMqttVersion5()
                .identifier(login.clientId())
                .serverHost("127.0.0.1")
                .serverPort(port);
        if (login.user() != null) {
            builder.simpleAuth()
                    .username(login.user())
                    .password(login.password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        final Mqtt5BlockingClient client = builder.buildBlocking();
        client.connect();
        return new MqttClients() {
            @Override
            public void publish(final String topic, final int qos, final boolean retain, final byte[] payload) {
                client.publishWith()
                        .topic(topic)
                        .qos(qos(qos))
                        .retain(retain)
                        .payload(payload)
                        .send();
            }

            @Override
            public void close() {
                if (client.getState().isConnected()) {
                    client.disconnect();
                }
            }
        };
    }

    private static MqttQos qos(final int qos) {
        final MqttQos found = MqttQos.fromCode(qos);
        if (found == null) {
            throw new IllegalArgumentException("No QoS " + qos);
        }
        return found;
    }
}
