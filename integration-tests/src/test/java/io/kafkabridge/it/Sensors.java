package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;

/** Something like the sensors of a plant: traffic that goes up and down, for pictures. */
final class Sensors implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(50);

    private final Mqtt5AsyncClient client;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** Connects. */
    Sensors(final int port, final String clientId) {
        client = Mqtt5Client.builder()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .automaticReconnectWithDefaultConfig()
                .buildAsync();
        client.toBlocking().connect();
    }

    /**
     * Publishes, round and round the topics, until it is closed.
     *
     * @param messages how many in the step of that number; there are 20 steps a second
     */
    void publish(final List<String> topics, final IntUnaryOperator messages) {
        final AtomicInteger steps = new AtomicInteger();
        clock.scheduleAtFixedRate(
                () -> publish(topics, steps.incrementAndGet(), messages), 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish(final List<String> topics, final int step, final IntUnaryOperator messages) {
        for (int i = 0; i < messages.applyAsInt(step); i++) {
            client.publishWith()
                    .topic(topics.get((step + i) % topics.size()))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("{\"temp\":21.5}".getBytes(StandardCharsets.UTF_8))
                    .send();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.disconnect();
    }
}
