package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Folders;

/** A file of rejected records that is open, under a lock, to add some. For one thread. */
final class RejectedFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedFile.class);

    /** The JDK keeps a buffer as large as the largest write for each thread, so a write isn't larger than this. */
    private static final int WRITE_BYTES = 1 << 16;

    /** What is asked of the disk. */
    interface Disk {

        Disk REAL = new Disk() {
            @Override
            public FileChannel open(final Path file) throws IOException {
                return FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            }

            @Override
            public void makeFolder(final Path folder) throws IOException {
                Folders.create(folder);
            }

            @Override
            public void sync(final Path folder) throws IOException {
                Folders.sync(folder);
            }
        };

        /** Opens a file to read and write it; makes it when it isn't there. */
        FileChannel open(Path file) throws IOException;

        /** Makes a folder with its parents. */
        void makeFolder(Path folder) throws IOException;

        /** Makes durable which files a folder has. */
        void sync(Path folder) throws IOException;
    }

    /** The records need more room than there is. */
    static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Path name;
    private final FileChannel channel;
    private final Optional<Object> key;

    /** Opens a file and waits until nobody else writes to it. */
    RejectedFile(final Disk disk, final Path name) throws IOException {
        this.name = name;
        channel = disk.open(name);
        boolean locked = false;
        try {
            key = keyOf(name);
            channel.lock(); // Until the channel is closed.
            locked = true;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Which file this is; empty when it lost its name at once. */
    Optional<Object> key() {
        return key;
    }

    /** Whether an operator's command has taken it over since it was opened. */
    boolean isTakenOver() throws IOException {
        return key.isEmpty() || !key.equals(keyOf(name));
    }

    /** Which file the name stands for now; empty when for none. */
    private static Optional<Object> keyOf(final Path name) throws IOException {
        try {
            final Object key =
                    Files.readAttributes(name, BasicFileAttributes.class).fileKey();
            return Optional.of(key == null ? name : key);
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Adds records, all or none; when it returns, they are on the disk.
     *
     * @param room how many bytes the file may grow
     * @throws NoRoomException when they need more
     * @throws IOException when they can't be written
     */
    void append(final List<RejectedRecord> rejected, final long room) throws IOException {
        final long start = channel.size();
        boolean safe = false;
        try {
            final Tail out = new Tail(start, room);
            if (!endsWithLineBreak(start)) {
                // A kill, or a disk that failed, left half a line. What was acknowledged begins a line of its own.
                out.write('\n');
            }
            for (final RejectedRecord each : rejected) {
                RejectedFormat.write(out, each);
            }
            out.flush();
            channel.force(true);
            safe = true;
        } finally {
            if (!safe) {
                cutOff(start);
            }
        }
    }

    private void cutOff(final long start) {
        try {
            channel.truncate(start);
        } catch (final IOException e) {
            // Half a line stays, or records that their clients send again. What failed first is thrown already, and
            // tells more.
            LOG.debug("Can't cut off what was written in vain", e);
        }
    }

    private boolean endsWithLineBreak(final long size) throws IOException {
        if (size == 0) {
            return true;
        }
        final ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, size - 1) == 1 && last.get(0) == '\n';
    }

    /** Closes it and lets others write to it. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The file's end, as a stream. */
    private final class Tail extends OutputStream {

        private final ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
        private final long limit;
        private long position;

        Tail(final long start, final long room) {
            position = start;
            limit = room > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + room;
        }

        @Override
        public void write(final int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                final int some = Math.min(buffer.remaining(), length - done);
                buffer.put(bytes, offset + done, some);
                done += some;
            }
        }

        @Override
        public void flush() throws IOException {
            buffer.flip();
            if (buffer.remaining() > limit - position) {
                throw new NoRoomException();
            }
            while (buffer.hasRemaining()) {
                final int taken = channel.write(buffer, position);
                if (taken <= 0) {
                    throw new IOException("the disk took no more bytes");
                }
                position += taken;
            }
            buffer.clear();
        }
    }
}
