package io.kafkabridge.benchmark.formats.candidate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Kafka's own log segments: what is appended together is one batch with one checksum. */
final class KafkaLog implements SpoolFormat {

    private static final long SEGMENT_BYTES = 256L << 20;

    private final Path folder;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    private @Nullable FileChannel segment;
    private long nextOffset;

    KafkaLog(Path folder) {
        this.folder = folder;
    }

    @Override
    public void append(List<SpoolRecord> records) throws IOException {
        buffer.clear();
        long now = System.currentTimeMillis();
        try (MemoryRecordsBuilder batch =
                MemoryRecords.builder(buffer, Compression.NONE, TimestampType.CREATE_TIME, nextOffset)) {
            for (SpoolRecord record : records) {
                batch.append(now, record.key(), record.value());
            }
            FileChannel file = segment();
            batch.build().writeFullyTo(file);
            file.force(false);
        }
        nextOffset += records.size();
    }

    private FileChannel segment() throws IOException {
        FileChannel current = segment;
        if (current == null || current.size() > SEGMENT_BYTES) {
            close();
            current = FileChannel.open(
                    folder.resolve(String.format(Locale.ROOT, "%020d.log", nextOffset)),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            segment = current;
        }
        return current;
    }

    @Override
    public void readAll(Consumer<SpoolRecord> sink) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(folder)) {
            segments = files.sorted().toList();
        }
        long expected = 0;
        for (Path file : segments) {
            try (FileRecords records = FileRecords.open(file.toFile(), false)) {
                for (RecordBatch batch : records.batches()) {
                    expected = read(batch, expected, sink);
                }
            } catch (KafkaException | IllegalArgumentException e) {
                throw new IOException("Can't read " + file + " beyond offset " + expected, e);
            }
        }
    }

    /** The checksum does not cover the base offset: it has to continue the one before. */
    private static long read(RecordBatch batch, long expected, Consumer<SpoolRecord> sink) throws IOException {
        batch.ensureValid();
        if (batch.baseOffset() != expected) {
            throw new IOException("Offset " + batch.baseOffset() + " where " + expected + " should be");
        }
        for (Record record : batch) {
            sink.accept(new SpoolRecord(record.key(), record.value()));
        }
        return batch.nextOffset();
    }

    @Override
    public void close() throws IOException {
        if (segment != null) {
            segment.close();
        }
    }
}
