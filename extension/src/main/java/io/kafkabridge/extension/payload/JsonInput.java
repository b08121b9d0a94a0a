package io.kafkabridge.extension.payload;

import java.io.IOException;
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
 * Reads JSON into what JSONata works on: maps, lists, strings, numbers, booleans and its null. Numbers are doubles, which remember how they
 * were written.
 * For one text.
 */
final class JsonInput {

    /** How deep objects and arrays may be nested. */
    static final int MAX_NESTING = 200;

    /** Every number of 15 digits is the shortest that a double is written as; with a point. */
    private static final int MAX_PLAIN_LENGTH = 16;

    /** Smaller ones have an exponent. */
    private static final double MIN_PLAIN = 1e-6;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    private final JsonParser parser;
    private final Bounds bounds;

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
    static Object read(final byte[] text, final Bounds bounds) throws UnfitException {
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

    private Object document() throws IOException, UnfitException {
        if (parser.nextToken() == null) {
            throw new UnfitException("the payload isn't JSON: there is nothing in it");
        }
        final Object value = value(parser.currentToken());
        if (parser.nextToken() != null) {
            throw new UnfitException(
                    "the payload isn't JSON: it goes on after its end" + place(parser.currentTokenLocation()));
        }
        return value;
    }

    private Object value(final JsonToken token) throws IOException, UnfitException {
        bounds.step();
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
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

    /** Zero may be -0, which a double has and an int hasn't. */
    private Number integer() throws IOException, UnfitException {
        if (parser.getNumberType() == JsonParser.NumberType.INT) {
            final int number = parser.getIntValue();
            return number == 0 && parser.getTextLength() > 1 ? spelled() : (Number) number;
        }
        if (parser.getNumberType() == JsonParser.NumberType.LONG) {
            final long number = parser.getLongValue();
            if (Math.abs(number) <= Numbers.MAX_EXACT_INTEGER) {
                return number;
            }
        }
        return spelled();
    }

    /** A double where JSONata would write that the same way; else one that remembers how it was written. */
    private Number decimal() throws IOException, UnfitException {
        final char[] text = parser.getTextCharacters();
        final int start = parser.getTextOffset();
        final int length = parser.getTextLength();
        boolean plain = length <= MAX_PLAIN_LENGTH && text[start + length - 1] != '0';
        for (int i = start; plain && i < start + length; i++) {
            plain = text[i] != 'e' && text[i] != 'E';
        }
        if (plain) {
            final double number = parser.getDoubleValue();
            if (Math.abs(number) >= MIN_PLAIN) {
                return number;
            }
        }
        return spelled();
    }

    private Number spelled() throws IOException, UnfitException {
        final String text = parser.getText();
        final double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new UnfitException("the payload's JSON has a number with too large an exponent"
                    + place(parser.currentTokenLocation()));
        }
        return new JsonNumber(number, text);
    }
}
