package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.spool.BatchFormat.BatchHeader;

/**
 * Walks through the valid batches of one segment. Behind damage it looks for the next valid batch. For one thread; needs
 * the memory of one batch.
 */
final class SegmentScan implements AutoCloseable {

    /** The JDK keeps a buffer as large as the largest read for each thread, so a read isn't larger than this. */
    private static final int READ_BYTES = 1 << 18;

    private static final int WINDOW_BYTES = 1 << 16;

    /**
     * A valid batch.
     *
     * @param at where it begins in the file
     * @param header what its first bytes say
     * @param bytes all of it, valid until the next call of {@link #next}
     */
    record Batch(long at, BatchHeader header, ByteBuffer bytes) {}

    private final FileChannel channel;
    private final BatchFormat format;
    private final ByteBuffer start = ByteBuffer.allocate(BatchFormat.HEADER_BYTES);
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long position;
    private long expected;

    SegmentScan(final Segment segment, final BatchFormat format, final Disk disk) throws IOException {
        this.channel = disk.open(segment.path(), StandardOpenOption.READ);
        this.format = format;
        this.expected = segment.base();
    }

    /** The byte of the file where the next batch should begin. */
    long position() {
        return position;
    }

    /** The offset that the next batch should begin with. */
    long expected() {
        return expected;
    }

    /** Goes on at a place that is known to be good. */
    void skip(final long toPosition, final long toOffset) {
        position = toPosition;
        expected = toOffset;
    }

    /**
     * The next valid batch. When it doesn't begin at {@link #position()} as it was before, what lies between is damaged.
     *
     * @param size bytes of the file that count
     * @param limit the offset that doesn't belong to the segment any more
     * @return the batch; null when there is none before the end, and then the scan stays where it is
     */
    @Nullable
    Batch next(final long size, final long limit) throws IOException {
        if (expected >= limit || position >= size) {
            return null;
        }
        Batch batch = null;
        if (size - position >= BatchFormat.HEADER_BYTES && read(start.clear(), position)) {
            final BatchHeader header = format.header(start, 0);
            if (header != null && header.base() == expected) {
                batch = load(header, position, size);
            }
        }
        if (batch == null) {
            batch = search(size, limit);
        }
        if (batch != null) {
            skip(batch.at() + batch.header().size(), batch.header().end());
        }
        return batch;
    }

    /**
     * Goes over the next batch without reading its records, if it begins at {@link #position()} and looks like one; its CRC
     * isn't checked.
     *
     * @param size bytes of the file that count
     * @param limit the offset that doesn't belong to the segment any more
     * @return its header; null when it isn't there, and then the scan stays where it is
     */
    @Nullable
    BatchHeader skim(final long size, final long limit) throws IOException {
        if (expected >= limit || size - position < BatchFormat.HEADER_BYTES || !read(start.clear(), position)) {
            return null;
        }
        final BatchHeader header = format.header(start, 0);
        if (header == null || header.base() != expected || header.size() > size - position) {
            return null;
        }
        skip(position + header.size(), header.end());
        return header;
    }

    private @Nullable Batch search(final long size, final long limit) throws IOException {
        final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
        // A record takes more than a byte: an offset further away than the file has bytes left isn't one.
        final long maxBase = Math.min(limit, expected + (size - position));
        long at = position + 1;
        while (size - at >= BatchFormat.HEADER_BYTES) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, size - at));
            if (!read(window, at)) {
                return null;
            }
            final int candidates = window.limit() - BatchFormat.HEADER_BYTES + 1;
            for (int i = 0; i < candidates; i++) {
                final BatchHeader header = format.header(window, i);
                if (header != null && header.base() >= expected && header.base() < maxBase) {
                    final Batch batch = load(header, at + i, size);
                    if (batch != null) {
                        return batch;
                    }
                }
            }
            at += candidates;
        }
        return null;
    }

    /** Reads a batch; null when it isn't valid. */
    private @Nullable Batch load(final BatchHeader header, final long at, final long size) throws IOException {
        if (header.size() > size - at) {
            return null;
        }
        final ByteBuffer bytes = buffer(header.size());
        return read(bytes, at) && BatchFormat.isValid(bytes) ? new Batch(at, header, bytes) : null;
    }

    private ByteBuffer buffer(final int size) {
        if (size > BatchFormat.KEPT_BUFFER_BYTES) {
            return ByteBuffer.allocate(size);
        }
        if (size > buffer.capacity()) {
            buffer = ByteBuffer.allocate(Math.min(BatchFormat.KEPT_BUFFER_BYTES, 2 * size));
        }
        return buffer.clear().limit(size);
    }

    /** Fills a buffer up to its limit; false when the file is too short for that. */
    private boolean read(final ByteBuffer target, final long at) throws IOException {
        final int limit = target.limit();
        while (target.position() < limit) {
            target.limit(Math.min(limit, target.position() + READ_BYTES));
            if (channel.read(target, at + target.position()) < 0) {
                return false;
            }
        }
        target.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
