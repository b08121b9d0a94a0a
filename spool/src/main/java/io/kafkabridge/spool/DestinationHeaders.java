package io.kafkabridge.spool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The first header of a spooled record: where it came from and where it goes. The key is the mapping's id, the value the
 * Kafka topic, then, if the record names a partition, a NUL and its number. For one thread: what is the same as last time,
 * as it mostly is, isn't made again.
 */
final class DestinationHeaders {

    private static final char SEPARATOR = '\0';

    /**
     * Where a record goes.
     *
     * @param topic the Kafka topic
     * @param partition the partition; null where Kafka's partitioner chooses
     */
    record Destination(String topic, @Nullable Integer partition) {}

    private String origin = "";
    private String text = "";
    private Header header = new RecordHeader(origin, new byte[0]);
    private byte[] value = new byte[0];
    private Destination destination = new Destination("", null);

    Header write(final Spool.Entry entry) {
        final String next = text(entry.record());
        if (!next.equals(text) || !entry.origin().equals(origin)) {
            origin = entry.origin();
            text = next;
            header = new RecordHeader(origin, text.getBytes(StandardCharsets.UTF_8));
        }
        return header;
    }

    private static String text(final ProducerRecord<byte[], byte[]> record) {
        final Integer partition = record.partition();
        if (partition != null) {
            return record.topic() + SEPARATOR + partition;
        }
        // No topic of Kafka's holds a NUL; but what Kafka thinks of a topic isn't asked here.
        return record.topic().indexOf(SEPARATOR) < 0 ? record.topic() : record.topic() + SEPARATOR;
    }

    /** The bytes that a header may need at most, of whatever its record is. */
    static long maxSize(final Spool.Entry entry) {
        final int partition = Integer.toString(Integer.MAX_VALUE).length() + 1;
        return BatchFormat.maxHeaderSize(
                entry.origin().length() + entry.record().topic().length(), partition);
    }

    /**
     * Reads what {@link #write} made.
     *
     * @throws RuntimeException when it is something else
     */
    Destination read(final Header first) {
        final byte[] bytes = Objects.requireNonNull(first.value());
        if (!Arrays.equals(bytes, value)) {
            final String read = new String(bytes, StandardCharsets.UTF_8);
            final int separator = read.lastIndexOf(SEPARATOR);
            final String number = read.substring(separator + 1);
            destination = new Destination(
                    separator < 0 ? read : read.substring(0, separator),
                    separator < 0 || number.isEmpty() ? null : Integer.valueOf(number));
            value = bytes;
        }
        return destination;
    }
}
