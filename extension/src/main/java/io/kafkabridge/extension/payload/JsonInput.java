package io.kafkabridge.extension.payload;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/**
 * Reads JSON into what JSONata works on: maps, lists, strings, numbers, booleans and its null. Numbers keep all their digits.
 * For one text.
 */
final class JsonInput {

    /** How deep objects and arrays may be nested. */
    static final int MAX_NESTING = 200;

    /** JSONata calculates with doubles, which end at 1.8e308. */
    private static final int MAX_EXPONENT = 308;

    /** A double has no more digits, and a sign and a point. */
    private static final int MAX_DOUBLE_TEXT = 19;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    /** Beyond it, a double doesn't hold every integer. */
    private static final long MAX_EXACT_INTEGER = 1L << 53;

    /**
     * What was read.
     *
     * @param value the value
     * @param exceedsDoubles whether a number in it isn't the same any more as a double
     */
    record Document(Object value, boolean exceedsDoubles) {}

    private final JsonParser parser;
    private final Bounds bounds;
    private boolean exceedsDoubles;

    private JsonInput(final JsonParser parser, final Bounds bounds) {
        this.parser = parser;
        this.bounds = bounds;
    }

    /**
     * Reads a text.
     *
     * @throws UnfitException when it isn't one JSON value; the reason doesn't quote it
     * @throws Bounds.ExceededException when that takes too long
     */
    static Document read(final byte[] text, final Bounds bounds) throws UnfitException {
        try (JsonParser parser = JSON.createParser(text)) {
            return new JsonInput(parser, bounds).document();
        } catch (final StreamConstraintsException e) {
            throw new UnfitException("the payload's JSON is nested deeper than " + MAX_NESTING
                    + ", or a number or a text in it is too long" + place(e.getLocation()));
        } catch (final JacksonException e) {
            throw new UnfitException("the payload isn't JSON" + place(e.getLocation()));
        } catch (final IOException e) {
            throw new UnfitException("the payload isn't JSON: it isn't text in UTF-8");
        }
    }

    private static String place(final JsonLocation location) {
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", byte " + location.getColumnNr() + " of it)";
    }

    private Document document() throws IOException, UnfitException {
        if (parser.nextToken() == null) {
            throw new UnfitException("the payload isn't JSON: there is nothing in it");
        }
        final Object value = value(parser.currentToken());
        if (parser.nextToken() != null) {
            throw new UnfitException(
                    "the payload isn't JSON: it goes on after its end" + place(parser.currentTokenLocation()));
        }
        return new Document(value, exceedsDoubles);
    }

    private Object value(final JsonToken token) throws IOException, UnfitException {
        bounds.step();
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser.getNumberValue());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> Jsonata.NULL_VALUE;
        };
    }

    private Map<String, Object> object() throws IOException, UnfitException {
        final Map<String, Object> members = new LinkedHashMap<>();
        String name = parser.nextFieldName();
        while (name != null) {
            members.put(name, value(parser.nextToken()));
            name = parser.nextFieldName();
        }
        return members;
    }

    private List<Object> array() throws IOException, UnfitException {
        final List<Object> elements = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            elements.add(value(token));
            token = parser.nextToken();
        }
        return elements;
    }

    private Number integer(final Number number) {
        exceedsDoubles |= number instanceof BigInteger || Math.abs(number.longValue()) > MAX_EXACT_INTEGER;
        return number;
    }

    /** A double where that is the same number, written the same way; else one that keeps what a double would lose. */
    private Number decimal(final String text) throws IOException, UnfitException {
        if (text.length() <= MAX_DOUBLE_TEXT) {
            final double number = Double.parseDouble(text);
            if (Double.toString(number).equals(text)) {
                return number;
            }
        }
        final BigDecimal exact = parser.getDecimalValue();
        if (Math.abs((long) exact.precision() - exact.scale()) > MAX_EXPONENT) {
            throw new UnfitException("the payload's JSON has a number with too large an exponent"
                    + place(parser.currentTokenLocation()));
        }
        exceedsDoubles |= BigDecimal.valueOf(exact.doubleValue()).compareTo(exact) != 0;
        return exact;
    }
}
