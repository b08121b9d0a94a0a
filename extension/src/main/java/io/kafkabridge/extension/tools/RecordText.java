package io.kafkabridge.extension.tools;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Base64;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.record.BinaryText;

/** Shows Kafka records to a person. */
final class RecordText {

    private final PrintWriter out;

    RecordText(final PrintWriter out) {
        this.out = out;
    }

    void heading(final String text) {
        out.println(text);
    }

    void show(final ProducerRecord<byte[], byte[]> record) {
        showWithoutValue(record, text(record.value()));
    }

    /** Shows a record with words in the place of its value. */
    void showWithoutValue(final ProducerRecord<byte[], byte[]> record, final String value) {
        line("Kafka topic", record.topic());
        final Integer partition = record.partition();
        line("partition", partition == null ? "chosen by Kafka's partitioner" : partition.toString());
        final Long timestamp = record.timestamp();
        line(
                "timestamp",
                timestamp == null ? "none" : Instant.ofEpochMilli(timestamp).toString());
        line("key", text(record.key()));
        for (final Header header : record.headers()) {
            line("header", header.key() + ": " + text(header.value()));
        }
        line("value", value);
    }

    private void line(final String name, final String value) {
        out.println("    " + name + ": " + value);
    }

    /** UTF-8 as text, other bytes as Base64. */
    private static String text(final byte @Nullable [] bytes) {
        if (bytes == null) {
            return "none";
        }
        final String text = BinaryText.utf8(bytes);
        return text != null ? text : "base64 " + Base64.getEncoder().encodeToString(bytes);
    }
}
