package io.kafkabridge.extension.payload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/** Writes what JSONata made as JSON, in UTF-8. For one value. */
final class JsonOutput {

    private static final JsonFactory JSON = new JsonFactory();

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
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            new JsonOutput(generator, bounds).value(value);
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // Nested too deep: nothing else can happen in memory.
        }
        return bytes.toByteArray();
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
            generator.writeStartObject();
            for (final Map.Entry<?, ?> member : members.entrySet()) {
                generator.writeFieldName((String) member.getKey());
                value(member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> elements) {
            generator.writeStartArray();
            for (final Object element : elements) {
                value(element);
            }
            generator.writeEndArray();
        } else {
            throw new UnfitException("a function isn't JSON");
        }
    }

    private void number(final Number number) throws IOException, UnfitException {
        if (number instanceof Integer || number instanceof Long) {
            generator.writeNumber(number.longValue());
        } else if (number instanceof BigInteger integer) {
            generator.writeNumber(integer);
        } else if (number instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else if (Double.isFinite(number.doubleValue())) {
            generator.writeNumber(number.doubleValue());
        } else {
            throw new UnfitException("a number isn't finite");
        }
    }
}
