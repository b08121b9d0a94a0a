package io.kafkabridge.extension.delivery.rejected;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Reads one rejected record from JSON, piece by piece: a value that isn't wanted takes no memory. */
final class RejectedReader {

    private static final String VALUE = "value";

    private final JsonParser json;
    private final boolean withValue;

    private @Nullable String time;
    private String reason = "";
    private @Nullable String topic;
    private @Nullable Integer partition;
    private @Nullable Long timestamp;
    private byte @Nullable [] key;
    private final List<Header> headers = new ArrayList<>();
    private byte @Nullable [] value;

    RejectedReader(final JsonParser json, final boolean withValue) {
        this.json = json;
        this.withValue = withValue;
    }

    RejectedRecord read() throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "it isn't an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            final String name = json.currentName();
            json.nextToken();
            readField(name);
        }
        expect(json.nextToken() == null, "more comes behind it");
        if (time == null || topic == null) {
            throw new IOException("not a rejected record: it has no " + (topic == null ? "\"topic\"" : "\"time\""));
        }
        try {
            return new RejectedRecord(
                    Instant.parse(time),
                    reason,
                    new ProducerRecord<>(topic, partition, timestamp, key, value, headers));
        } catch (final DateTimeException e) {
            throw new IOException("not a rejected record: its \"time\" is none", e);
        } catch (final IllegalArgumentException e) {
            throw new IOException("not a rejected record: its \"partition\" or \"timestamp\" is below 0", e);
        }
    }

    private void readField(final String name) throws IOException {
        switch (name) {
            case RejectedFormat.TIME -> time = text();
            case "reason" -> reason = text();
            case "topic" -> topic = text();
            case "partition" -> partition = json.currentToken() == JsonToken.VALUE_NULL ? null : json.getIntValue();
            case "timestamp" -> timestamp = json.currentToken() == JsonToken.VALUE_NULL ? null : json.getLongValue();
            case "key" -> key = utf8();
            case "key" + RejectedFormat.BASE64 -> key = base64();
            case "headers" -> readHeaders();
            case VALUE, VALUE + RejectedFormat.BASE64 -> readValue(name);
            default -> json.skipChildren();
        }
    }

    private void readValue(final String name) throws IOException {
        if (!withValue) {
            json.skipChildren();
        } else {
            value = name.equals(VALUE) ? utf8() : base64();
        }
    }

    private void readHeaders() throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "its \"headers\" are no list");
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String name = "";
            byte[] content = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                final String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "name" -> name = text();
                    case VALUE -> content = utf8();
                    case VALUE + RejectedFormat.BASE64 -> content = base64();
                    default -> json.skipChildren();
                }
            }
            headers.add(new RecordHeader(name, content));
        }
        expect(json.currentToken() == JsonToken.END_ARRAY, "its \"headers\" aren't all objects");
    }

    private String text() throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, "its \"" + json.currentName() + "\" isn't a text");
        return json.getText();
    }

    private byte @Nullable [] utf8() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(json.currentToken() == JsonToken.VALUE_STRING, "its \"" + json.currentName() + "\" isn't a text");
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            json.getText(out);
        }
        return bytes.toByteArray();
    }

    private byte[] base64() throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, "its \"" + json.currentName() + "\" isn't a text");
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            json.readBinaryValue(bytes);
        } catch (final IllegalArgumentException e) {
            throw new IOException("not a rejected record: its \"" + json.currentName() + "\" isn't Base64", e);
        }
        return bytes.toByteArray();
    }

    private static void expect(final boolean right, final String mistake) throws IOException {
        if (!right) {
            throw new IOException("not a rejected record: " + mistake);
        }
    }
}
