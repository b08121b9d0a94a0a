package io.kafkabridge.benchmark.formats.candidate;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** The least that can be done, as yardstick: one file of batches, each with length, CRC-32C, and records with their lengths. */
final class PlainLog implements SpoolFormat {

    private static final int HEAD = 2 * Integer.BYTES;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

    PlainLog(Path folder) throws IOException {
        file = folder.resolve("plain");
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void append(List<SpoolRecord> records) throws IOException {
        buffer.clear().position(HEAD);
        for (SpoolRecord record : records) {
            buffer.putInt(record.key().remaining())
                    .put(record.key().duplicate())
                    .putInt(record.value().remaining())
                    .put(record.value().duplicate());
        }
        buffer.flip();
        buffer.putInt(0, buffer.limit() - HEAD).putInt(Integer.BYTES, checksum(buffer.limit()));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(false);
    }

    @Override
    public void readAll(Consumer<SpoolRecord> sink) throws IOException {
        long left = Files.size(file);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (left >= HEAD) {
                int length = in.readInt();
                int checksum = in.readInt();
                left -= HEAD + length;
                if (length < 0 || length > buffer.capacity() - HEAD) {
                    throw new IOException("A batch of " + length + " bytes in " + file);
                }
                if (left < 0) {
                    return;
                }
                in.readFully(buffer.array(), HEAD, length);
                if (checksum != checksum(HEAD + length)) {
                    throw new IOException("Wrong checksum in " + file);
                }
                buffer.limit(HEAD + length).position(HEAD);
                while (buffer.hasRemaining()) {
                    sink.accept(new SpoolRecord(slice(), slice()));
                }
                buffer.clear();
            }
        }
    }

    private ByteBuffer slice() {
        int length = buffer.getInt();
        ByteBuffer slice = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return slice;
    }

    private int checksum(int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.array(), HEAD, end - HEAD);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
