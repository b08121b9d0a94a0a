package io.kafkabridge.consumer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Turns a record into the text that is printed for it. */
interface RecordFormat {
    String format(ConsumerRecord<byte[], byte[]> message);

    /** The value alone. */
    static String plain(ConsumerRecord<byte[], byte[]> message) {
        return "Received message: " + text(message.value());
    }

    /** The value, and where and with what it came on a second line. */
    static String verbose(ConsumerRecord<byte[], byte[]> message) {
        List<String> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            headers.add(header.key() + "=" + text(header.value()));
        }
        return plain(message) + System.lineSeparator() + "  key: " + text(message.key()) + ", topic: " + message.topic()
                + ", partition: " + message.partition() + ", offset: " + message.offset() + ", time: " + time(message)
                + ", headers: " + headers;
    }

    /** The time of the record, or null when it has none. */
    static @Nullable Instant time(ConsumerRecord<byte[], byte[]> message) {
        return message.timestampType() == TimestampType.NO_TIMESTAMP_TYPE
                ? null
                : Instant.ofEpochMilli(message.timestamp());
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }
}
