package io.kafkabridge.extension.delivery.rejected;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Reads a file of rejected records line by line, in little memory however long the lines are. For one thread.
 *
 * <p>Version 0.1.0 went on in the same line when a kill had left half of one. No text in a record looks like the beginning of
 * another, since its quotes are escaped; so where another begins, a line ends.
 */
public final class RejectedLines implements Closeable {

    static final int READ_BYTES = 1 << 16;

    private static final byte[] BEGINNING = RejectedFormat.BEGINNING.getBytes(StandardCharsets.UTF_8);

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES).limit(0);

    /** Of the byte that comes next in the buffer. */
    private long position;

    private int number = 1;

    /** Where the line that is being looked for starts. */
    private long start;

    /** How much of a record's beginning was seen just now. */
    private int seen;

    private RejectedLines(final FileChannel file) {
        this.file = file;
    }

    /** Opens a file. */
    public static RejectedLines open(final Path file) throws IOException {
        return new RejectedLines(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** The next line that isn't empty; null at the end of the file. */
    public @Nullable RejectedLine next() throws IOException {
        while (fill()) {
            final byte each = buffer.get();
            position++;
            if (each == '\n') {
                final RejectedLine line = end(position - 1, position);
                number++;
                seen = 0;
                if (line.size() > 0) {
                    return line;
                }
            } else {
                // The first byte of a beginning stands nowhere else in it.
                seen = each == BEGINNING[seen] ? seen + 1 : each == BEGINNING[0] ? 1 : 0;
                if (seen == BEGINNING.length) {
                    seen = 0;
                    final long beginning = position - BEGINNING.length;
                    if (beginning > start) {
                        return end(beginning, beginning);
                    }
                }
            }
        }
        return position > start ? end(position, position) : null;
    }

    private RejectedLine end(final long end, final long next) {
        final RejectedLine line = new RejectedLine(file, number, start, end - start);
        start = next;
        return line;
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        final int got = file.read(buffer, position);
        buffer.flip();
        return got > 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
