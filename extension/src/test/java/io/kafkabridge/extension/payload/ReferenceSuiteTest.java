package io.kafkabridge.extension.payload;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test suite of JSONata's reference, {@code resources/jsonata}, and again with all numbers of its inputs spelled as devices do. What
 * differs is in {@code differences.txt}, with its reason: neither more nor less.
 */
class ReferenceSuiteTest {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What the reference says of an expression that runs for too long, or calls itself too deep. */
    private static final String TOO_MUCH = "U1001";

    /** How a number of an input is written. */
    enum Spelling {
        AS_IT_IS(number -> number),
        WITH_ZEROS(number -> isPlain(number) ? number + (number.indexOf('.') < 0 ? ".000" : "000") : number),
        WITH_AN_EXPONENT(number -> isPlain(number) ? number + "E0" : number),
        WITH_ALL_DIGITS(number -> isPlain(number) ? new BigDecimal(Double.parseDouble(number)).toString() : number),
        BY_ITS_UNIT(number -> isPlain(number) ? unit(number) : number);

        @SuppressWarnings("ImmutableEnumChecker")
        private final UnaryOperator<String> spell;

        Spelling(final UnaryOperator<String> spell) {
            this.spell = spell;
        }

        private static boolean isPlain(final String number) {
            return number.indexOf('e') < 0 && number.indexOf('E') < 0;
        }

        private static String unit(final String number) {
            final BigDecimal decimal = new BigDecimal(number);
            return decimal.unscaledValue() + "E" + -decimal.scale();
        }
    }

    @ParameterizedTest
    @EnumSource
    void suite_givesWhatTheReferenceGives(final Spelling spelling) throws IOException {
        // Given
        final JsonNode suite;
        try (InputStream file = open("suite.json")) {
            suite = JSON.readTree(file);
        }
        final Map<String, String> known = differences();

        // When
        final Map<String, String> different = new TreeMap<>();
        for (final JsonNode test : suite.get("cases")) {
            final String outcome = outcome(test, suite.get("datasets"), spelling);
            if (!outcome.isEmpty()) {
                different.put(test.get("name").asText(), outcome);
            }
        }

        // Then
        final Map<String, String> unknown = new TreeMap<>(different);
        unknown.keySet().removeAll(known.keySet());
        assertThat(unknown)
                .as("cases that differ, and aren't in differences.txt")
                .isEmpty();
        assertThat(different.keySet()).as("those in differences.txt").isEqualTo(known.keySet());
        assertThat(suite.get("cases")).hasSizeGreaterThan(1600);
    }

    /** Enough for a machine with other work; none of these runs for ever. */
    private static Bounds bounds() {
        return new Bounds(Duration.ofSeconds(30));
    }

    private static InputStream open(final String name) {
        return Objects.requireNonNull(ReferenceSuiteTest.class.getResourceAsStream("/jsonata/" + name));
    }

    private static Map<String, String> differences() throws IOException {
        try (InputStream file = open("differences.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, TreeMap::new));
        }
    }

    /** What differs; empty when nothing does. */
    private static String outcome(final JsonNode test, final JsonNode datasets, final Spelling spelling) {
        final String expression = test.get("expr").asText();
        Object result;
        try {
            final JsonNode data = test.has("data")
                    ? test.get("data")
                    : datasets.get(test.path("dataset").asText());
            final Map<String, @Nullable Object> bindings = new HashMap<>();
            test.path("bindings")
                    .properties()
                    .forEach(binding -> bindings.put(binding.getKey(), read(binding.getValue(), spelling)));
            result = Evaluation.run(
                    Jsonata.jsonata(expression),
                    data == null ? null : read(data, spelling),
                    bindings,
                    test.path("code").asText().equals(TOO_MUCH) ? new Bounds() : bounds());
        } catch (final JException e) {
            final String expected = test.path("code").asText();
            return expected.equals(e.getError()) ? "" : "expected " + describe(test) + ", failed: " + e.getError();
        } catch (final RuntimeException | Error e) {
            return test.has("code") ? "" : "expected " + describe(test) + ", failed: " + e;
        }
        if (test.has("code")) {
            return "expected " + describe(test) + ", was " + result;
        }
        if (test.has("undefinedResult")) {
            return result == null ? "" : "expected nothing, was " + result;
        }
        if (result == null) {
            return "expected " + describe(test) + ", was nothing";
        }
        final Values values = new Values(bounds());
        final Object expected = read(test.get("result"), Spelling.AS_IT_IS);
        return values.isEqual(expected, result) || (test.has("unordered") && isReordered(expected, result))
                ? ""
                : "expected " + describe(test) + ", was " + JsonText.of(result, false, bounds());
    }

    private static boolean isReordered(final Object expected, final Object result) {
        return expected instanceof List<?> e && result instanceof List<?> r && e.size() == r.size() && r.containsAll(e);
    }

    private static String describe(final JsonNode test) {
        return test.has("code")
                ? test.get("code").asText()
                : test.has("result") ? test.get("result").toString() : "nothing";
    }

    private static Object read(final JsonNode value, final Spelling spelling) {
        try {
            return JsonInput.read(write(value, spelling).getBytes(StandardCharsets.UTF_8), bounds());
        } catch (final UnfitException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String write(final JsonNode value, final Spelling spelling) {
        if (value.isNumber()) {
            return spelling.spell.apply(value.toString());
        }
        if (value.isArray()) {
            final List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(write(element, spelling)));
            return "[" + String.join(",", elements) + "]";
        }
        if (value.isObject()) {
            final Map<String, String> members = new LinkedHashMap<>();
            value.properties()
                    .forEach(member ->
                            members.put(JsonNodeText.quoted(member.getKey()), write(member.getValue(), spelling)));
            return members.entrySet().stream()
                    .map(member -> member.getKey() + ":" + member.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return value.isTextual() ? JsonNodeText.quoted(value.asText()) : value.toString();
    }

    /** Texts in ASCII, since some are no Unicode that UTF-8 could write. */
    private static final class JsonNodeText {

        private JsonNodeText() {}

        static String quoted(final String text) {
            final StringBuilder quoted = new StringBuilder("\"");
            text.chars().forEach(c -> {
                if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                    quoted.append((char) c);
                } else {
                    quoted.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
                }
            });
            return quoted.append('"').toString();
        }
    }
}
