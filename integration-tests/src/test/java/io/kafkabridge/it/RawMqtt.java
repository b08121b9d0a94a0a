package io.kafkabridge.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** MQTT 3.1.1 packet by packet, to send what no client library would: the same again on the same connection. */
final class RawMqtt implements AutoCloseable {

    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBCOMP = 7;

    private static final int CONNECT = 1;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBREL = 6;
    private static final int PINGREQ = 12;
    private static final int PINGRESP = 13;

    private static final int READ_LIMIT_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;

    /** Connects, with a clean session. */
    RawMqtt(final int port, final String clientId) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        send(CONNECT << 4, body -> {
            body.writeUTF("MQTT");
            body.writeByte(4); // The protocol's level.
            body.writeByte(0b10); // Clean session.
            body.writeShort(0); // No keep-alive.
            body.writeUTF(clientId);
        });
        await(CONNACK, 0);
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    void publish(final int packetId, final int qos, final boolean dup, final String topic, final String payload)
            throws IOException {
        send((PUBLISH << 4) | (dup ? 0b1000 : 0) | (qos << 1), body -> {
            body.writeUTF(topic);
            body.writeShort(packetId);
            body.write(payload.getBytes(StandardCharsets.UTF_8));
        });
    }

    void pubrel(final int packetId) throws IOException {
        send((PUBREL << 4) | 0b10, body -> body.writeShort(packetId));
    }

    /** Returns when the broker has read all that was sent. */
    void ping() throws IOException {
        send(PINGREQ << 4, body -> {});
        await(PINGRESP, 0);
    }

    /** Reads until the packet comes, and skips others. */
    void await(final int type, final int packetId) throws IOException {
        while (true) {
            final int found = in.readUnsignedByte() >> 4;
            final byte[] body = in.readNBytes(remainingLength());
            final int id = body.length < 2 ? 0 : ((body[0] & 0xff) << 8) | (body[1] & 0xff);
            if (found == type && id == packetId) {
                return;
            }
        }
    }

    private int remainingLength() throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            final int digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
    }

    private void send(final int firstByte, final Body body) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        if (bytes.size() > 0x7f) {
            throw new IllegalArgumentException("Only small packets, not " + bytes.size() + " bytes.");
        }
        final ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(firstByte);
        packet.write(bytes.size());
        bytes.writeTo(packet);
        packet.writeTo(socket.getOutputStream());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
