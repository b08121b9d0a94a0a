package io.kafkabridge.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.spool.DestinationHeaders.Destination;

/**
 * Kafka's record batch, version 2: the one class that knows kafka-clients' internal package. For one thread.
 *
 * <p>A record gets one more header in front, see {@link DestinationHeaders}. The timestamp is -1 if none was given.
 *
 * <p>Every batch carries the spool's mark where Kafka has the producer's id. It is random, so that bytes out of a publish
 * can't pass for a batch when one is looked for behind damage.
 */
final class BatchFormat {

    /** What comes before the records, and the least that a batch has. */
    static final int HEADER_BYTES = DefaultRecordBatch.RECORD_BATCH_OVERHEAD;

    /** Takes batches of any mark. */
    static final long ANY_MARK = RecordBatch.NO_PRODUCER_ID;

    /** Larger buffers are for one batch only. */
    static final int KEPT_BUFFER_BYTES = 4 << 20;

    private static final int PARTITION_LEADER_EPOCH_OFFSET = 12;
    private static final int PRODUCER_ID_OFFSET = 43;
    private static final int VARINT_BYTES = 5;
    private static final int UTF8_BYTES_PER_CHAR = 3;

    /**
     * What the first bytes of a batch say, before its CRC was looked at.
     *
     * @param base offset of the first record
     * @param end offset after the last record
     * @param size bytes of the whole batch
     */
    record BatchHeader(long base, long end, int size) {}

    private final long mark;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    private final DestinationHeaders destinations = new DestinationHeaders();
    private final Header[] destinationOnly = new Header[1];

    /**
     * A format.
     *
     * @param mark the spool's mark, not negative; or {@link #ANY_MARK}, to read only
     */
    BatchFormat(final long mark) {
        this.mark = mark;
    }

    /**
     * Makes one batch of the entries.
     *
     * @return the batch, valid until the next call
     * @throws IllegalArgumentException when it would be larger than an array can be
     */
    ByteBuffer write(final long base, final List<Spool.Entry> entries) {
        final MemoryRecordsBuilder builder = MemoryRecords.builder(
                buffer(entries),
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE,
                TimestampType.CREATE_TIME,
                base,
                RecordBatch.NO_TIMESTAMP,
                mark,
                (short) 0,
                0);
        long offset = base;
        for (final Spool.Entry entry : entries) {
            final ProducerRecord<byte[], byte[]> record = entry.record();
            final Long timestamp = record.timestamp();
            builder.appendWithOffset(
                    offset++,
                    timestamp == null ? RecordBatch.NO_TIMESTAMP : timestamp,
                    record.key(),
                    record.value(),
                    headers(entry));
        }
        return builder.build().buffer();
    }

    private ByteBuffer buffer(final List<Spool.Entry> entries) {
        long size = HEADER_BYTES;
        for (final Spool.Entry entry : entries) {
            size += maxSize(entry);
        }
        if (size > Records.SOFT_MAX_ARRAY_LENGTH) {
            throw new IllegalArgumentException("A batch of " + size + " bytes can't be written");
        }
        if (size > KEPT_BUFFER_BYTES) {
            return ByteBuffer.allocate((int) size);
        }
        if (size > buffer.capacity()) {
            buffer = ByteBuffer.allocate(Math.min(KEPT_BUFFER_BYTES, 2 * (int) size));
        }
        return buffer.clear();
    }

    private static long maxSize(final Spool.Entry entry) {
        final ProducerRecord<byte[], byte[]> record = entry.record();
        long size = DefaultRecord.MAX_RECORD_OVERHEAD + length(record.key()) + length(record.value());
        size += VARINT_BYTES + DestinationHeaders.maxSize(entry);
        for (final Header header : record.headers()) {
            size += maxHeaderSize(header.key().length(), length(header.value()));
        }
        return size;
    }

    /** The bytes that a header takes at most: so many characters and so many bytes. */
    static long maxHeaderSize(final int characters, final long bytes) {
        return 2 * VARINT_BYTES + (long) UTF8_BYTES_PER_CHAR * characters + bytes;
    }

    private static long length(final byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private Header[] headers(final Spool.Entry entry) {
        final Header first = destinations.write(entry);
        final Header[] others = entry.record().headers().toArray();
        if (others.length == 0) {
            destinationOnly[0] = first;
            return destinationOnly;
        }
        final Header[] all = new Header[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    /** Reads the header of a batch at an index of the buffer; null when no batch of this spool begins there. */
    @Nullable
    BatchHeader header(final ByteBuffer bytes, final int at) {
        if (bytes.get(at + Records.MAGIC_OFFSET) != RecordBatch.CURRENT_MAGIC_VALUE) {
            return null;
        }
        final long base = bytes.getLong(at + Records.OFFSET_OFFSET);
        final long size = (long) Records.LOG_OVERHEAD + bytes.getInt(at + Records.SIZE_OFFSET);
        final int count = bytes.getInt(at + DefaultRecordBatch.RECORDS_COUNT_OFFSET);
        final boolean plausible = base >= 0
                && size > HEADER_BYTES
                && size <= Integer.MAX_VALUE
                && count > 0
                && bytes.getInt(at + DefaultRecordBatch.LAST_OFFSET_DELTA_OFFSET) == count - 1
                // Not covered by the CRC, so it is compared.
                && bytes.getInt(at + PARTITION_LEADER_EPOCH_OFFSET) == RecordBatch.NO_PARTITION_LEADER_EPOCH
                && (mark == ANY_MARK || bytes.getLong(at + PRODUCER_ID_OFFSET) == mark);
        return plausible ? new BatchHeader(base, base + count, (int) size) : null;
    }

    /** The mark that a batch carries. */
    static long mark(final ByteBuffer batch) {
        return batch.getLong(PRODUCER_ID_OFFSET);
    }

    /** Whether the CRC of a whole batch is right. */
    static boolean isValid(final ByteBuffer batch) {
        return batch(batch).isValid();
    }

    /**
     * Reads the records of a valid batch that lie between two offsets.
     *
     * @throws RuntimeException when it holds what this class didn't write
     */
    List<SpooledRecord> read(final ByteBuffer bytes, final long from, final long to) {
        final RecordBatch batch = batch(bytes);
        final List<SpooledRecord> records = new ArrayList<>();
        for (final Record record : batch) {
            if (record.offset() >= from && record.offset() < to) {
                records.add(read(record));
            }
        }
        return records;
    }

    private SpooledRecord read(final Record record) {
        final Header[] headers = record.headers();
        for (final Header header : headers) {
            // Kafka's headers point into the buffer until they are asked; the buffer is used again.
            header.key();
            header.value();
        }
        final Destination destination = destinations.read(headers[0]);
        return new SpooledRecord(
                record.offset(),
                headers[0].key(),
                new ProducerRecord<>(
                        destination.topic(),
                        destination.partition(),
                        record.timestamp() == RecordBatch.NO_TIMESTAMP ? null : record.timestamp(),
                        copy(record.key()),
                        copy(record.value()),
                        Arrays.asList(headers).subList(1, headers.length)));
    }

    private static byte @Nullable [] copy(final @Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        final byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static RecordBatch batch(final ByteBuffer bytes) {
        return MemoryRecords.readableRecords(bytes.duplicate())
                .batches()
                .iterator()
                .next();
    }
}
