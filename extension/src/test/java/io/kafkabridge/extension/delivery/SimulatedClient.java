package io.kafkabridge.extension.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.delivery.spooled.Origin;

/**
 * An MQTT client with a persistent session and the broker's side of its connection: what isn't acknowledged when a connection
 * ends is sent again by the next, in order, before anything new. A QoS 2 publish is kept until it is safe. For one thread.
 */
final class SimulatedClient {

    /** A publish: one record for each mapping that matches. */
    static final class Message {
        final String text;
        final String mqttTopic;
        final int qos;
        final int number;
        final List<String> kafkaTopics;
        boolean acknowledged;

        /** HiveMQ has got it once: a QoS 2 publish isn't seen again then. */
        boolean sent;

        Message(
                final String client,
                final String mqttTopic,
                final int qos,
                final int number,
                final boolean bad,
                final List<String> kafkaTopics) {
            this.mqttTopic = mqttTopic;
            this.qos = qos;
            this.number = number;
            this.kafkaTopics = kafkaTopics;
            this.text = client + "/" + mqttTopic + "/" + qos + "/" + number + (bad ? SimulatedKafka.BAD : "");
        }
    }

    /** One connection. */
    private final class Connection {
        private boolean failed;

        void send(final Message message) {
            message.sent = true;
            simulation.tick();
            THREAD.set(client.charAt(1) - (long) '0');
            try {
                handOver(message);
            } finally {
                THREAD.remove();
            }
        }

        private void handOver(final Message message) {
            final Persistence persistence =
                    switch (message.qos) {
                        case 0 -> Persistence.BEST_EFFORT;
                        case 1 -> Persistence.OR_FAIL;
                        default -> Persistence.UNTIL_SAFE;
                    };
            final Outcomes outcomes = new Outcomes(this, message);
            for (final String kafkaTopic : message.kafkaTopics) {
                simulation.promises.sent(SimulatedKafka.place(kafkaTopic, message.text));
                simulation
                        .delivery()
                        .send(
                                new ProducerRecord<>(
                                        kafkaTopic,
                                        (client + message.mqttTopic).getBytes(StandardCharsets.UTF_8),
                                        message.text.getBytes(StandardCharsets.UTF_8)),
                                persistence,
                                outcomes,
                                origin);
            }
        }
    }

    /** Waits for all records of a publish. */
    private final class Outcomes implements Acknowledgement {
        private final Connection connection;
        private final Message message;
        private int open;
        private boolean hasFailed;

        Outcomes(final Connection connection, final Message message) {
            this.connection = connection;
            this.message = message;
            open = message.kafkaTopics.size();
        }

        @Override
        public void safe() {
            open--;
            if (open < 0) {
                simulation.promises.broken("Two outcomes", message.text);
            }
            if (open == 0 && !hasFailed && !isDead()) {
                message.acknowledged = true;
                unacknowledged.remove(message);
                simulation.note("acknowledged " + message.text);
                simulation.promises.acknowledged(message);
            }
            simulation.throwFromListener();
        }

        @Override
        public boolean failed(final Exception cause) {
            open--;
            hasFailed = true;
            if (message.qos == 2 && !isDead()) {
                simulation.promises.broken("Given up", message.text + ", of QoS 2: " + cause);
            }
            if (message.qos == 1 && !connection.failed) {
                simulation.note("disconnected for " + message.text + ": " + cause.getMessage());
                connection.failed = true;
            }
            return message.qos == 1;
        }

        /** The process that this belongs to is gone, or the delivery has stopped. */
        private boolean isDead() {
            return incarnation != SimulatedClient.this.incarnation;
        }

        private final int incarnation = SimulatedClient.this.incarnation;

        @Override
        public boolean isWanted() {
            return message.qos != 1 || !connection.failed;
        }
    }

    /** HiveMQ's thread that a publish of a client is on; else the delivery's. */
    private static final ThreadLocal<Long> THREAD = ThreadLocal.withInitial(() -> 3L);

    static long thread() {
        return THREAD.get();
    }

    final List<Message> published = new ArrayList<>();

    private final Simulation simulation;
    private final String client;
    private final Origin origin;
    private final Set<Message> unacknowledged = new LinkedHashSet<>();
    private Connection connection = new Connection();
    private int incarnation;

    SimulatedClient(final Simulation simulation, final String client, final Origin origin) {
        this.simulation = simulation;
        this.client = client;
        this.origin = origin;
    }

    void publish(final String mqttTopic, final int qos, final boolean bad, final List<String> kafkaTopics) {
        final Message message = new Message(client, mqttTopic, qos, published.size(), bad, kafkaTopics);
        published.add(message);
        if (qos > 0) {
            unacknowledged.add(message);
        }
        if (!connection.failed) {
            simulation.note("publish " + message.text + " -> " + kafkaTopics);
            connection.send(message);
        }
    }

    boolean isDisconnected() {
        return connection.failed;
    }

    /** Connects again with its session: QoS 1 publishes come again; HiveMQ has the QoS 2 ones. */
    void reconnect() {
        connection = new Connection();
        for (final Message message : List.copyOf(unacknowledged)) {
            if (message.qos == 1 || !message.sent) {
                simulation.note("again " + message.text);
                connection.send(message);
            }
        }
    }

    /** HiveMQ is gone and comes back; what it hadn't acknowledged comes again. */
    void restart() {
        incarnation++;
        connection = new Connection();
        for (final Message message : List.copyOf(unacknowledged)) {
            simulation.note("again after the restart " + message.text);
            connection.send(message);
        }
    }

    boolean isWaiting() {
        return !unacknowledged.isEmpty();
    }

    List<Message> unacknowledged() {
        return List.copyOf(unacknowledged);
    }
}
