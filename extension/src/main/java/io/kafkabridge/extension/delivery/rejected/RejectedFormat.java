package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record as a line of JSON: {@code time}, {@code reason}, {@code topic}, {@code partition}, {@code timestamp}, {@code
 * key}, {@code headers} and {@code value}. Text stands as text; bytes that aren't UTF-8 stand as Base64, in a field of another
 * name, such as {@code value-base64}.
 */
public final class RejectedFormat {

    private static final String BASE64 = "-base64";

    private static final ObjectMapper JSON = new ObjectMapper();

    private RejectedFormat() {}

    /** Writes a record and a line break. */
    public static void write(final OutputStream out, final RejectedRecord rejected) throws IOException {
        final ProducerRecord<byte[], byte[]> record = rejected.record();
        try (JsonGenerator json = JSON.getFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("time", rejected.time().toString());
            json.writeStringField("reason", rejected.reason());
            json.writeStringField("topic", record.topic());
            if (record.partition() != null) {
                json.writeNumberField("partition", record.partition());
            }
            if (record.timestamp() != null) {
                json.writeNumberField("timestamp", record.timestamp());
            }
            writeBytes(json, "key", record.key());
            json.writeArrayFieldStart("headers");
            for (final Header header : record.headers()) {
                json.writeStartObject();
                json.writeStringField("name", header.key());
                writeBytes(json, "value", header.value());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeBytes(json, "value", record.value());
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void writeBytes(final JsonGenerator json, final String name, final byte @Nullable [] bytes)
            throws IOException {
        if (bytes == null) {
            json.writeNullField(name);
            return;
        }
        try {
            json.writeStringField(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (final CharacterCodingException e) {
            json.writeFieldName(name + BASE64);
            json.writeBinary(bytes);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when the line is something else
     */
    public static RejectedRecord read(final String line) throws IOException {
        final JsonNode json = JSON.readTree(line);
        final JsonNode topic = json.path("topic");
        if (!topic.isTextual()) {
            throw new IOException("not a rejected record: it has no \"topic\"");
        }
        final ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.textValue(),
                json.has("partition") ? json.path("partition").intValue() : null,
                json.has("timestamp") ? json.path("timestamp").longValue() : null,
                bytes(json, "key"),
                bytes(json, "value"));
        for (final JsonNode header : json.path("headers")) {
            record.headers().add(new RecordHeader(header.path("name").asText(), bytes(header, "value")));
        }
        try {
            return new RejectedRecord(
                    Instant.parse(json.path("time").asText()),
                    json.path("reason").asText(),
                    record);
        } catch (final DateTimeException e) {
            throw new IOException("not a rejected record: its \"time\" is none", e);
        }
    }

    private static byte @Nullable [] bytes(final JsonNode json, final String name) throws IOException {
        final JsonNode binary = json.path(name + BASE64);
        if (binary.isTextual()) {
            return binary.binaryValue();
        }
        final JsonNode text = json.path(name);
        return text.isTextual() ? text.textValue().getBytes(StandardCharsets.UTF_8) : null;
    }
}
