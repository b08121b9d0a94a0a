package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;

/**
 * A client with a persistent session that publishes numbered messages without end, a window of them in flight, reconnects
 * and sends again what wasn't acknowledged. What is acknowledged goes into a {@link Ledger}.
 */
final class LoadClient implements AutoCloseable {

    private static final int WINDOW = 10;
    private static final int RECONNECT_MILLIS = 100;

    private final String source;
    private final Ledger ledger;
    private final Publishing publishing;
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean closed;

    /** Sends one message; the future completes when the broker has acknowledged it. */
    private interface Publishing {
        CompletableFuture<?> publish(byte[] payload);

        void disconnect();
    }

    private LoadClient(final String source, final int version, final int qos, final int port, final Ledger ledger) {
        this.source = source;
        this.ledger = ledger;
        this.publishing = version == 3 ? mqtt3(port, qos) : mqtt5(port, qos);
        this.thread = new Thread(this::run, source);
        thread.setDaemon(true);
    }

    /**
     * Connects and starts to publish to {@code load/<source>}.
     *
     * @param version 3 for MQTT 3.1.1, 5 for MQTT 5
     */
    static LoadClient start(
            final String source, final int version, final int qos, final int port, final Ledger ledger) {
        final LoadClient client = new LoadClient(source, version, qos, port, ledger);
        client.thread.start();
        return client;
    }

    private Publishing mqtt3(final int port, final int qos) {
        final Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(source)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .addConnectedListener(context -> connects.incrementAndGet())
                .addDisconnectedListener(context -> context.getReconnector()
                        .reconnect(!closed)
                        .republishIfSessionExpired(true)
                        .delay(RECONNECT_MILLIS, TimeUnit.MILLISECONDS))
                .buildAsync();
        client.connectWith().cleanSession(false).send().join();
        return new Publishing() {
            @Override
            public CompletableFuture<?> publish(final byte[] payload) {
                return client.publishWith()
                        .topic("load/" + source)
                        .qos(Objects.requireNonNull(MqttQos.fromCode(qos)))
                        .payload(payload)
                        .send();
            }

            @Override
            public void disconnect() {
                client.disconnect().exceptionally(alreadyGone -> null).join();
            }
        };
    }

    private Publishing mqtt5(final int port, final int qos) {
        final Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(source)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .addConnectedListener(context -> connects.incrementAndGet())
                .addDisconnectedListener(context -> context.getReconnector()
                        .reconnect(!closed)
                        .republishIfSessionExpired(true)
                        .delay(RECONNECT_MILLIS, TimeUnit.MILLISECONDS))
                .buildAsync();
        client.connectWith().cleanStart(false).noSessionExpiry().send().join();
        return new Publishing() {
            @Override
            public CompletableFuture<?> publish(final byte[] payload) {
                return client.publishWith()
                        .topic("load/" + source)
                        .qos(Objects.requireNonNull(MqttQos.fromCode(qos)))
                        .payload(payload)
                        .send();
            }

            @Override
            public void disconnect() {
                client.disconnect().exceptionally(alreadyGone -> null).join();
            }
        };
    }

    private void run() {
        try {
            for (int i = 1; running; i++) {
                window.acquire();
                final int sequence = i;
                publishing
                        .publish((source + ":" + sequence).getBytes(StandardCharsets.UTF_8))
                        .whenComplete((result, error) -> {
                            if (error == null) {
                                ledger.acknowledged(source, sequence);
                                acknowledged.incrementAndGet();
                            }
                            window.release();
                        });
            }
            window.acquire(WINDOW); // All acknowledged.
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int connects() {
        return connects.get();
    }

    /** Stops publishing; returns once everything published is acknowledged. */
    void finish() {
        stop(TimeUnit.MINUTES.toMillis(1));
    }

    private void stop(final long millis) {
        running = false;
        try {
            thread.join(millis);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException(source + " waits for acknowledgements");
        }
    }

    @Override
    public void close() {
        running = false;
        closed = true;
        thread.interrupt();
        publishing.disconnect();
    }
}
