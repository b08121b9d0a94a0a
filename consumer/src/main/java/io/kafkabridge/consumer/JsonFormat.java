package io.kafkabridge.consumer;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One JSON object a record, on one line. Bytes that are UTF-8 text become a string in {@code key} and {@code value};
 * all others become Base64 in {@code keyBase64} and {@code valueBase64}, so that nothing is lost.
 */
final class JsonFormat implements RecordFormat {
    private final JsonFactory json = new JsonFactory();

    @Override
    public String format(ConsumerRecord<byte[], byte[]> message) {
        StringWriter line = new StringWriter();
        try (JsonGenerator object = json.createGenerator(line)) {
            object.writeStartObject();
            object.writeStringField("topic", message.topic());
            object.writeNumberField("partition", message.partition());
            object.writeNumberField("offset", message.offset());
            Instant time = RecordFormat.time(message);
            if (time != null) {
                object.writeStringField("time", time.toString());
            }
            writeBytes(object, "key", message.key());
            writeBytes(object, "value", message.value());
            object.writeArrayFieldStart("headers");
            for (Header header : message.headers()) {
                object.writeStartObject();
                object.writeStringField("name", header.key());
                writeBytes(object, "value", header.value());
                object.writeEndObject();
            }
            object.writeEndArray();
            object.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void writeBytes(JsonGenerator object, String name, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            object.writeNullField(name);
            return;
        }
        try {
            object.writeStringField(
                    name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            object.writeBinaryField(name + "Base64", bytes);
        }
    }
}
