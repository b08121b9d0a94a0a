package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where a rejected record lies in its file. Reads it when it is asked to, as long as {@link RejectedLines} is open. For one
 * thread.
 */
public final class RejectedLine {

    private final FileChannel file;
    private final int number;
    private final long start;
    private final long size;

    RejectedLine(final FileChannel file, final int number, final long start, final long size) {
        this.file = file;
        this.number = number;
        this.start = start;
        this.size = size;
    }

    /** The number of its line in the file, from 1. */
    public int number() {
        return number;
    }

    /** Its bytes in the file, without the line break. */
    public long size() {
        return size;
    }

    /**
     * Reads the record. It and its value have to fit into the memory.
     *
     * @throws IOException when there is none; the message says what is wrong
     */
    public RejectedRecord read() throws IOException {
        return RejectedFormat.read(content(), true);
    }

    /**
     * Reads all but the value, which is null then: for records of any size.
     *
     * @throws IOException when there is none; the message says what is wrong
     */
    public RejectedRecord readWithoutValue() throws IOException {
        return RejectedFormat.read(content(), false);
    }

    /** The line as it stands, without the line break. */
    public InputStream content() {
        return new InputStream() {

            private long done;

            @Override
            public int read() throws IOException {
                final byte[] single = new byte[1];
                return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
            }

            @Override
            public int read(final byte[] target, final int offset, final int length) throws IOException {
                if (done == size) {
                    return -1;
                }
                // Not more at a time: the JDK keeps a buffer as large for each thread.
                final int wanted = (int) Math.min(Math.min(length, RejectedLines.READ_BYTES), size - done);
                final int got = file.read(ByteBuffer.wrap(target, offset, wanted), start + done);
                if (got > 0) {
                    done += got;
                }
                return got;
            }
        };
    }
}
