package io.kafkabridge.extension.payload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import org.jspecify.annotations.Nullable;

/** Writes what JSONata made as JSON, in UTF-8. For one value. */
final class JsonOutput {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Bounds.MAX_NESTING + 1)
                    .build())
            .build();

    private final JsonGenerator generator;
    private final Bounds bounds;

    private JsonOutput(final JsonGenerator generator, final Bounds bounds) {
        this.generator = generator;
        this.bounds = bounds;
    }

    /**
     * Writes a value.
     *
     * @throws UnfitException when it isn't one that JSON has: a function, an infinite number
     * @throws Bounds.ExceededException when that takes too long
     */
    static byte[] write(final Object value, final Bounds bounds) throws UnfitException {
        final Bytes bytes = new Bytes();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            new JsonOutput(generator, bounds).value(value);
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // Nothing in memory fails.
        }
        return bytes.toByteArray();
    }

    /** What was written, which ends where it becomes too long. */
    private static final class Bytes extends ByteArrayOutputStream {

        Bytes() {
            super(256);
        }

        @Override
        public synchronized void write(final byte[] source, final int offset, final int length) {
            if (count + length > Bounds.MAX_LENGTH) {
                throw new Bounds.ExceededException(
                        "<value> comes out larger than " + (Bounds.MAX_LENGTH >> 20) + " MiB");
            }
            super.write(source, offset, length);
        }
    }

    private void value(final @Nullable Object value) throws IOException, UnfitException {
        bounds.step();
        if (value == null || value == Jsonata.NULL_VALUE) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> members) {
            bounds.nest();
            generator.writeStartObject();
            for (final Map.Entry<?, ?> member : members.entrySet()) {
                generator.writeFieldName((String) member.getKey());
                value(member.getValue());
            }
            generator.writeEndObject();
            bounds.unnest();
        } else if (value instanceof List<?> elements) {
            bounds.nest();
            generator.writeStartArray();
            for (final Object element : elements) {
                value(element);
            }
            generator.writeEndArray();
            bounds.unnest();
        } else {
            throw new UnfitException("<value> comes out as a function, which isn't JSON");
        }
    }

    private void number(final Number number) throws IOException, UnfitException {
        if (number instanceof Integer || number instanceof Long) {
            generator.writeNumber(number.longValue());
        } else if (number instanceof JsonNumber) {
            generator.writeNumber(number.toString());
        } else if (Double.isFinite(number.doubleValue())) {
            generator.writeNumber(Numbers.json(number.doubleValue()));
        } else {
            throw new UnfitException("<value> has a number that isn't finite");
        }
    }
}
