package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;

/** An MQTT subscriber to {@code wills/#} and {@code $vendor/#} with a session that outlives the broker. It keeps what it gets. Thread-safe. */
final class WillSubscriber {

    static final String USER = "subscriber";

    private final Queue<Mqtt5Publish> messages = new ConcurrentLinkedQueue<>();
    private final Mqtt5BlockingClient client;

    WillSubscriber(final int port, final String password) {
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("the subscriber")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .simpleAuth()
                .username(USER)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, messages::add);
        connect();
        for (final String filter : new String[] {"wills/#", "$vendor/#"}) {
            client.subscribeWith().topicFilter(filter).qos(MqttQos.EXACTLY_ONCE).send();
        }
    }

    /** Connects, again with the same session. */
    void connect() {
        client.connectWith().cleanStart(false).noSessionExpiry().send();
    }

    /** Payloads by topic, in the order in which they came. */
    Map<String, List<String>> messages() {
        return messages.stream()
                .collect(Collectors.groupingBy(
                        message -> message.getTopic().toString(),
                        Collectors.mapping(
                                message -> new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8),
                                Collectors.toList())));
    }
}
