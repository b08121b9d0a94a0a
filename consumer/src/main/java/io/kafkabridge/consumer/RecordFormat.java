package io.kafkabridge.consumer;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Turns a record into the text that is printed for it. */
interface RecordFormat {
    String format(ConsumerRecord<byte[], byte[]> message);

    /** The value alone, as text. */
    static String value(ConsumerRecord<byte[], byte[]> message) {
        return text(message.value());
    }

    /** The time of the record, or null when it has none. */
    static @Nullable Instant time(ConsumerRecord<byte[], byte[]> message) {
        return message.timestampType() == TimestampType.NO_TIMESTAMP_TYPE
                ? null
                : Instant.ofEpochMilli(message.timestamp());
    }

    /** Bytes as UTF-8 text; what is none becomes the replacement character. */
    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }
}
