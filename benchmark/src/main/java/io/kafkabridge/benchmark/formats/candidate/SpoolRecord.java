package io.kafkabridge.benchmark.formats.candidate;

import java.nio.ByteBuffer;

/**
 * A record of the spool.
 *
 * @param key from position to limit, as the value
 */
public record SpoolRecord(ByteBuffer key, ByteBuffer value) {

    /** Key and value as one, for stores that take only a value. */
    byte[] joined() {
        ByteBuffer joined = ByteBuffer.allocate(Short.BYTES + key.remaining() + value.remaining());
        return joined.putShort((short) key.remaining())
                .put(key.duplicate())
                .put(value.duplicate())
                .array();
    }

    /** The record that was {@link #joined}; the bytes are not copied. */
    static SpoolRecord of(ByteBuffer joined) {
        int keyLength = joined.getShort();
        return new SpoolRecord(
                joined.slice(joined.position(), keyLength),
                joined.slice(joined.position() + keyLength, joined.remaining() - keyLength));
    }

    /** A copy of what is in a buffer, from position to limit. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
