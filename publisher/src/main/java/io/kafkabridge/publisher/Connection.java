package io.kafkabridge.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;

/**
 * One MQTT 5 connection, from CONNECT until it is lost or closed. Each has a Paho client of its own, which starts from
 * the outbox: so a lost connection and a restarted publisher are the same case.
 *
 * <p>Used by one thread; Paho's threads only call back, and the callbacks only pass events on.
 */
final class Connection implements MqttCallback {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration SESSION_EXPIRY = Duration.ofDays(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final int MAX_WINDOW = 100;

    private final MqttAsyncClient client;
    private final Consumer<Event> events;
    private final Map<Integer, Delivery> inFlight = new HashMap<>();
    private MqttProperties limits = new MqttProperties();

    private Connection(Broker broker, MqttClientPersistence store, Consumer<Event> events) throws MqttException {
        this.events = events;
        client = new MqttAsyncClient(broker.address().uri(), broker.clientId(), store);
        client.setCallback(this);
    }

    /** Connects, waits for the broker's answer, and sends what is in the outbox. */
    static Connection open(Broker broker, Outbox outbox, Consumer<Event> events) throws MqttException {
        Connection connection = new Connection(broker, outbox, events);
        connection.connect(broker, false);
        return connection;
    }

    /** Makes the broker forget the session of this client id, with all packet identifiers it remembers. */
    static void forgetSession(Broker broker) throws MqttException {
        Connection connection = new Connection(broker, new MemoryPersistence(), event -> {});
        connection.connect(broker, true);
        connection.close();
    }

    private void connect(Broker broker, boolean cleanStart) throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(cleanStart);
        options.setSessionExpiryInterval(cleanStart ? 0L : SESSION_EXPIRY.toSeconds());
        options.setConnectionTimeout((int) CONNECT_LIMIT.toSeconds());
        options.setKeepAliveInterval(30);
        if (broker.address().tls()) {
            options.setSocketFactory(broker.sockets());
        }
        if (broker.user() != null) {
            options.setUserName(broker.user());
        }
        if (broker.password() != null) {
            options.setPassword(broker.password().value().getBytes(StandardCharsets.UTF_8));
        }
        try {
            IMqttToken answer = client.connect(options);
            answer.waitForCompletion(CONNECT_LIMIT.toMillis() * 2);
            limits = Objects.requireNonNullElseGet(answer.getResponseProperties(), MqttProperties::new);
        } catch (MqttException e) {
            close();
            throw e;
        }
    }

    /** The messages without an answer, by packet identifier. */
    Map<Integer, Delivery> inFlight() {
        return inFlight;
    }

    /**
     * Whether the broker takes another message now. QoS 2 messages go one by one: Paho ends the connection on a refusal
     * without telling which message it was. One place stays free because Paho counts a message as gone a little later
     * than it says so.
     */
    boolean hasRoom(int qos) {
        Integer receiveMaximum = limits.getReceiveMaximum();
        int window = receiveMaximum == null ? MAX_WINDOW : Math.min(MAX_WINDOW, receiveMaximum - 1);
        return inFlight.size() < (qos == 2 ? 1 : Math.max(1, window));
    }

    /** The QoS that the broker allows; Paho would lower that of a message without a word. */
    int maximumQos() {
        return Objects.requireNonNullElse(limits.getMaximumQoS(), 2);
    }

    boolean retainAvailable() {
        return !Boolean.FALSE.equals(limits.isRetainAvailable());
    }

    /** The largest MQTT packet in bytes that the broker takes. */
    long maximumPacketSize() {
        return Objects.requireNonNullElse(limits.getMaximumPacketSize(), Long.MAX_VALUE);
    }

    /** Stores the message in the outbox and sends it. */
    void publish(Publication publication, Delivery delivery) throws MqttException {
        byte[] payload = delivery.text().getBytes(StandardCharsets.UTF_8);
        MqttMessage message = new MqttMessage(payload, publication.qos(), publication.retain(), new MqttProperties());
        IMqttToken token = client.publish(publication.topic(), message);
        inFlight.put(token.getMessageId(), delivery);
    }

    /** Says goodbye if the connection still stands, and frees all threads. Never fails: nobody could do anything. */
    void close() {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(CLOSE_LIMIT.toMillis());
            } else {
                client.disconnectForcibly(0, 1, false);
            }
        } catch (MqttException e) {
            // Lost meanwhile.
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            // Closed already.
        }
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // The token of a message from the outbox has no identifier, its acknowledgement has; QoS 0 has none of these.
        MqttWireMessage answer = token.getResponse();
        int packetId = answer == null ? token.getMessageId() : answer.getMessageId();
        events.accept(new Event.Settled(this, packetId, System.nanoTime(), ReasonCode.refusal(token.getReasonCodes())));
    }

    @Override
    public void disconnected(MqttDisconnectResponse end) {
        events.accept(new Event.Lost(this, end));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
