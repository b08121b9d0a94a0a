package io.kafkabridge.benchmark.load;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * MQTT packets as a client writes them, for MQTT 3.1.1 and 5. Encoded by hand and once for each connection: a client library would
 * cost as much per message as what is to be measured.
 */
final class Packets {

    static final int CONNACK = 2;
    static final int PUBACK = 4;
    static final int MQTT_5 = 5;

    private static final int CONNECT = 1 << 4;
    private static final int PUBLISH = 3 << 4;
    private static final int CLEAN_START = 2;

    private Packets() {}

    /** A PUBLISH of which only packet id and payload change. */
    static final class Publish {
        private final byte[] bytes;
        private final int packetIdAt;
        private final int payloadAt;

        private Publish(byte[] bytes, int packetIdAt, int payloadAt) {
            this.bytes = bytes;
            this.packetIdAt = packetIdAt;
            this.payloadAt = payloadAt;
        }

        int length() {
            return bytes.length;
        }

        /** Writes the packet; with QoS 0 the packet id counts for nothing. */
        void put(ByteBuffer out, int packetId, int client, long number) {
            int start = out.position();
            out.put(bytes);
            if (packetIdAt >= 0) {
                out.putShort(start + packetIdAt, (short) packetId);
            }
            if (bytes.length - payloadAt >= Integer.BYTES + Long.BYTES) {
                out.putInt(start + payloadAt, client);
                out.putLong(start + payloadAt + Integer.BYTES, number);
            }
        }
    }

    /** CONNECT with a clean session and no keep-alive (sections 3.1 of both specifications). */
    static byte[] connect(int version, String clientId) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            out.writeUTF("MQTT");
            out.writeByte(version == MQTT_5 ? 5 : 4);
            out.writeByte(CLEAN_START);
            out.writeShort(0);
            if (version == MQTT_5) {
                out.writeByte(0); // no properties
            }
            out.writeUTF(clientId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withHeader(CONNECT, body.toByteArray());
    }

    /** PUBLISH (section 3.3), with place for packet id and payload. */
    static Publish publish(int version, String topic, int qos, byte[] payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(name.length >> 8);
        body.write(name.length);
        body.writeBytes(name);
        int packetIdAt = body.size();
        if (qos > 0) {
            body.writeBytes(new byte[2]);
        }
        if (version == MQTT_5) {
            body.write(0); // no properties
        }
        int payloadAt = body.size();
        body.writeBytes(payload);
        byte[] bytes = withHeader(PUBLISH | (qos << 1), body.toByteArray());
        int header = bytes.length - body.size();
        return new Publish(bytes, qos > 0 ? header + packetIdAt : -1, header + payloadAt);
    }

    private static byte[] withHeader(int first, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = body.length;
        while (length > 0x7f) {
            packet.write((length & 0x7f) | 0x80);
            length >>= 7;
        }
        packet.write(length);
        packet.writeBytes(body);
        return packet.toByteArray();
    }
}
