package io.kafkabridge.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An MQTT client with a last will, packet by packet, so that its connection can end in every way there is. */
final class WillClient implements AutoCloseable {

    private static final int CONNECT = 1;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int DISCONNECT = 14;

    private static final int READ_LIMIT_MILLIS = 30_000;
    private static final int SESSION_EXPIRY_INTERVAL = 0x11;

    private final Socket socket;
    private final DataInputStream in;
    private final WillConnect connect;
    private final int answer;

    /** Connects, and waits for the broker's answer. */
    WillClient(final int port, final WillConnect connect) throws IOException {
        this.connect = connect;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        send(CONNECT << 4, connect.body());
        answer = await(CONNACK)[1];
    }

    /** Whether the broker let it in. */
    boolean isAccepted() {
        return answer == 0;
    }

    /** Publishes with QoS 1 and waits for the acknowledgement. */
    void publish(final String topic, final String payload) throws IOException {
        publish(topic, payload, 1);
        await(PUBACK);
    }

    /** Publishes with QoS 0 or 1. */
    void publish(final String topic, final String payload, final int qos) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream body = new DataOutputStream(bytes);
        body.writeUTF(topic);
        if (qos > 0) {
            body.writeShort(1); // The packet id.
        }
        if (connect.isVersion5()) {
            body.writeByte(0); // No properties.
        }
        body.write(payload.getBytes(StandardCharsets.UTF_8));
        send((PUBLISH << 4) | (qos << 1), bytes.toByteArray());
    }

    /** Says goodbye, which ends the client's will. */
    void disconnect() throws IOException {
        send(DISCONNECT << 4, new byte[0]);
        awaitEnd();
    }

    /** Says goodbye with a reason code (MQTT 5). */
    void disconnect(final int reasonCode) throws IOException {
        send(DISCONNECT << 4, new byte[] {(byte) reasonCode});
        awaitEnd();
    }

    /** The same, and changes how long the session lives on. */
    void disconnect(final int reasonCode, final int sessionExpiry) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream body = new DataOutputStream(bytes);
        body.writeByte(reasonCode);
        body.writeByte(5); // The length of the properties.
        body.writeByte(SESSION_EXPIRY_INTERVAL);
        body.writeInt(sessionExpiry);
        send(DISCONNECT << 4, bytes.toByteArray());
        awaitEnd();
    }

    /** Sends what MQTT forbids. */
    void connectAgain() throws IOException {
        send(CONNECT << 4, connect.body());
        awaitEnd();
    }

    /** Cuts the connection as a crash does: TCP's RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits until the broker ends the connection. */
    void awaitEnd() throws IOException {
        while (in.read() >= 0) {
            // A DISCONNECT, perhaps.
        }
    }

    private byte[] await(final int type) throws IOException {
        while (true) {
            final int found = in.readUnsignedByte() >> 4;
            final int low = in.readUnsignedByte();
            final byte[] body = in.readNBytes(low < 0x80 ? low : (low & 0x7f) + (in.readUnsignedByte() << 7));
            if (found == type) {
                return body;
            }
        }
    }

    private void send(final int firstByte, final byte[] body) throws IOException {
        final ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(firstByte);
        if (body.length > 0x7f) {
            packet.write((body.length & 0x7f) | 0x80);
            packet.write(body.length >> 7);
        } else {
            packet.write(body.length);
        }
        packet.writeBytes(body);
        packet.writeTo(socket.getOutputStream());
    }

    /** Cuts the connection: TCP's FIN, without a DISCONNECT. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
