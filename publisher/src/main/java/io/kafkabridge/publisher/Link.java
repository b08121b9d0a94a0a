package io.kafkabridge.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.CommandFailure;

/**
 * Keeps a connection to the broker: connects, and connects again with growing waits when it is lost. Knows which
 * messages are on their way, from one connection to the next. Used by one thread.
 */
final class Link implements AutoCloseable {
    private final Broker broker;
    private final Publication publication;
    private final Outbox outbox;
    private final Report report;
    private final Consumer<Event> events;

    private final Backoff backoff = new Backoff();
    private final Set<Integer> refused = new HashSet<>();
    private Map<Integer, Delivery> inFlight = Map.of();
    private @Nullable Connection connection;
    private boolean everConnected;
    private long nextAttempt = System.nanoTime();

    /** Reads the outbox, so that {@link #inFlight} has the messages of an earlier run. */
    Link(Broker broker, Publication publication, Outbox outbox, Report report, Consumer<Event> events)
            throws MqttException {
        this.broker = broker;
        this.publication = publication;
        this.outbox = outbox;
        this.report = report;
        this.events = events;
        inFlight = stored();
    }

    /** The messages on their way to the broker, by packet identifier. */
    Map<Integer, Delivery> inFlight() {
        return inFlight;
    }

    /**
     * The connection, newly made if it is time to; null when there is none now.
     *
     * @throws CommandFailure when trying again is pointless
     */
    @Nullable
    Connection connection() {
        if (connection == null && nanosUntilAttempt() <= 0) {
            try {
                connection = connect();
            } catch (MqttException e) {
                notConnected(e);
            }
        }
        return connection;
    }

    /** How long until {@link #connection} tries again. */
    long nanosUntilAttempt() {
        return nextAttempt - System.nanoTime();
    }

    boolean isCurrent(Connection other) {
        return other.equals(connection);
    }

    /** The broker works: the next wait is short again. */
    void healthy() {
        backoff.reset();
    }

    /** Gives up the QoS 2 message with this identifier, which the broker refused. */
    void giveUp(int packetId) {
        refused.add(packetId);
        inFlight.remove(packetId);
    }

    /**
     * The current connection is gone.
     *
     * @throws CommandFailure when a new one would end the same way
     */
    void lost(MqttDisconnectResponse end) {
        if (connection != null) {
            connection.close();
            connection = null;
        }
        BrokerFailure failure = BrokerFailure.of(end);
        if (failure.permanent()) {
            throw CommandFailure.failed("Connection lost: " + failure.text(), end.getException());
        }
        report.connectionLost(failure.text());
        nextAttempt = System.nanoTime() + backoff.next().toNanos();
    }

    private Connection connect() throws MqttException {
        forgetRefused();
        Map<Integer, Delivery> stored = stored();
        if (outbox.inMemory() && publication.qos() == 2 && !everConnected) {
            Connection.forgetSession(broker); // it may know packet identifiers that memory has forgotten
        }
        Connection fresh = Connection.open(broker, outbox, events);
        fresh.inFlight().putAll(stored);
        inFlight = fresh.inFlight();
        everConnected = true;
        report.connected();
        check(fresh);
        return fresh;
    }

    private void check(Connection fresh) {
        boolean qosAllowed = publication.qos() <= fresh.maximumQos();
        if (!qosAllowed || (publication.retain() && !fresh.retainAvailable())) {
            fresh.close();
            throw CommandFailure.failed(
                    "The broker does not allow "
                            + (qosAllowed ? "retained messages" : "QoS " + publication.qos() + " messages"),
                    null);
        }
    }

    private void notConnected(MqttException e) {
        BrokerFailure failure = BrokerFailure.of(e, broker.address());
        String line = "Cannot connect to " + broker.address() + ": " + failure.text();
        if (failure.permanent() && !everConnected) {
            throw CommandFailure.failed(line, e);
        }
        Duration wait = backoff.next();
        nextAttempt = System.nanoTime() + wait.toNanos();
        report.notConnected(line, wait, e);
    }

    /**
     * HiveMQ CE remembers the packet identifier of a QoS 2 message that it refused, and would take the next message with
     * that identifier for the same one: so it has to forget the session first.
     */
    private void forgetRefused() throws MqttException {
        if (!refused.isEmpty()) {
            Connection.forgetSession(broker);
            for (int packetId : refused) {
                outbox.drop(packetId);
            }
            refused.clear();
        }
    }

    /** Deliveries keep their identity from connection to connection. */
    private Map<Integer, Delivery> stored() throws MqttException {
        Map<Integer, Delivery> stored = new HashMap<>();
        for (MqttPublish message : outbox.pending().values()) {
            Delivery known = inFlight.get(message.getMessageId());
            String text = new String(message.getPayload(), StandardCharsets.UTF_8);
            stored.put(message.getMessageId(), known == null ? Delivery.stored(text) : known);
        }
        return stored;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
        try {
            forgetRefused();
        } catch (MqttException e) {
            report.problem("Cannot tell the broker to forget a refused message; it is sent again at the next start", e);
        }
    }
}
