package io.kafkabridge.extension.delivery.rejected;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record as a line of JSON: {@code time}, {@code reason}, {@code topic}, {@code partition}, {@code timestamp}, {@code
 * key}, {@code headers} and {@code value}. Text stands as text; bytes that aren't UTF-8 stand as Base64, in a field of another
 * name, such as {@code value-base64}.
 */
public final class RejectedFormat {

    static final String TIME = "time";
    static final String BASE64 = "-base64";

    /** How each line begins. */
    static final String BEGINNING = "{\"" + TIME + "\":\"";

    private static final int PIECE = 1 << 13;

    /** Records are as long as Kafka lets them be. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private RejectedFormat() {}

    /** Writes a record and a line break. */
    public static void write(final OutputStream out, final RejectedRecord rejected) throws IOException {
        final ProducerRecord<byte[], byte[]> record = rejected.record();
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField(TIME, rejected.time().toString());
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
        } else if (isText(bytes)) {
            json.writeFieldName(name);
            json.writeUTF8String(bytes, 0, bytes.length);
        } else {
            json.writeFieldName(name + BASE64);
            json.writeBinary(bytes);
        }
    }

    /** Whether bytes are UTF-8; in little memory. */
    private static boolean isText(final byte[] bytes) {
        final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final CharBuffer out = CharBuffer.allocate(Math.min(bytes.length + 1, PIECE));
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isUnderflow();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param line ends where the line ends
     * @param withValue whether the value is wanted; else it is null, and takes no memory
     * @throws IOException when the line is something else; the message says why, and shows nothing of the record
     */
    static RejectedRecord read(final InputStream line, final boolean withValue) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            return new RejectedReader(json, withValue).read();
        } catch (final JsonEOFException e) {
            throw new IOException(
                    "only the beginning of a record: it is being written, or HiveMQ was killed while it wrote it, before it"
                            + " acknowledged the publish",
                    e);
        } catch (final JsonProcessingException | CharConversionException e) { // Zeros may look like another encoding.
            throw new IOException("not a rejected record: it isn't JSON", e);
        }
    }
}
