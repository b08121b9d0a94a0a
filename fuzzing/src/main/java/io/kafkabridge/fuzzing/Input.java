package io.kafkabridge.fuzzing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A fuzzer's bytes, taken piece by piece; behind the end there are zeros. For one thread. */
public final class Input {

    private final byte[] bytes;
    private int position;

    /** Begins at the first byte. */
    public Input(final byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** Whether nothing is left. */
    public boolean isEmpty() {
        return position == bytes.length;
    }

    /** The next byte, from 0 to 255. */
    public int next() {
        return isEmpty() ? 0 : bytes[position++] & 0xff;
    }

    /** A number from 0 on, below a bound of 256 at most. */
    public int below(final int bound) {
        return next() % bound;
    }

    /** The next bytes, as many as there are. */
    public byte[] bytes(final int count) {
        final int end = Math.min(bytes.length, position + count);
        final byte[] piece = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return piece;
    }

    /** A piece whose length is in its first byte. */
    public byte[] piece() {
        return bytes(next());
    }

    /** A piece whose length is in its first two bytes. */
    public byte[] longPiece() {
        final int high = next() << 8;
        return bytes(high + next());
    }

    /** All that is left. */
    public byte[] rest() {
        return bytes(bytes.length - position);
    }

    /** What is before the next line break; without one, all that is left. As UTF-8, what isn't UTF-8 replaced. */
    public String line() {
        int end = position;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        final String line = text(bytes(end - position));
        position = Math.min(bytes.length, position + 1);
        return line;
    }

    /** Bytes as UTF-8, what isn't UTF-8 replaced. */
    public static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
