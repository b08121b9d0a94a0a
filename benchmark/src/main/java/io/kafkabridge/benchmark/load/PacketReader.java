package io.kafkabridge.benchmark.load;

import java.nio.ByteBuffer;

/** Finds the packets of a broker in a stream of bytes. One for each connection; not thread-safe. */
final class PacketReader {

    /** Gets each packet, the buffer's position and limit at its body. */
    interface Receiver {
        void received(int type, ByteBuffer body);
    }

    private static final int RECEIVE_MAXIMUM = 0x21;

    private final ByteBuffer buffer;

    PacketReader(int capacity) {
        buffer = ByteBuffer.allocateDirect(capacity);
    }

    /** Where bytes from the socket go. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Tells of all complete packets; the rest stays for the next time. */
    void read(Receiver receiver) {
        buffer.flip();
        int end = buffer.limit();
        while (true) {
            int start = buffer.position();
            int length = 0;
            int at = start + 1;
            boolean more = true;
            while (more && at < end) {
                int digit = buffer.get(at);
                length |= (digit & 0x7f) << (7 * (at - start - 1));
                more = digit < 0;
                at++;
            }
            if (more || end - at < length) {
                break;
            }
            buffer.position(at).limit(at + length);
            receiver.received((buffer.get(start) & 0xff) >> 4, buffer);
            buffer.limit(end).position(at + length);
        }
        buffer.compact();
    }

    /**
     * How many publishes a broker takes unacknowledged, by its CONNACK (MQTT 5.0, section 3.2.2.3.3).
     *
     * @param connack the body of a CONNACK of MQTT 5
     */
    static int receiveMaximum(ByteBuffer connack) {
        int at = connack.position()
                + 3; // flags, reason code, length of the properties: one byte in a CONNACK this short
        while (at < connack.limit()) {
            int id = connack.get(at);
            if (id == RECEIVE_MAXIMUM) {
                return connack.getShort(at + 1) & 0xffff;
            }
            at += 1 + propertyLength(id, connack, at + 1);
        }
        return 0xffff;
    }

    private static int propertyLength(int id, ByteBuffer body, int at) {
        return switch (id) {
            case 0x24, 0x25, 0x28, 0x29, 0x2a -> 1;
            case 0x13, 0x22 -> 2;
            case 0x11, 0x27 -> 4;
            case 0x12, 0x15, 0x16, 0x1a, 0x1c, 0x1f -> 2 + (body.getShort(at) & 0xffff);
            default -> throw new IllegalArgumentException("CONNACK with the unexpected property " + id);
        };
    }
}
