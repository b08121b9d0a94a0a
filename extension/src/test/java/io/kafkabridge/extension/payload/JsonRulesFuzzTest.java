package io.kafkabridge.extension.payload;

import java.io.CharConversionException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.model.Mapping.JsonSettings;
import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes as a payload, under expressions as mappings have them: JSON comes out, or one kind of exception that doesn't quote the
 * payload, in the time that a publish is given.
 */
class JsonRulesFuzzTest {

    /** What an input's first byte chooses from. The first gives the payload as it was read. */
    private static final List<JsonRules> RULES = List.of(
            value("$"),
            value("{\"device\": $clientId, \"value\": $number(v), \"all\": $sum(a), \"text\": $string(o)}"),
            value("a[v > 1].{\"n\": $uppercase(n), \"p\": $substring(n, 1, v)}"),
            value("$sort(a, function($l, $r) { $l > $r })"),
            value("$map($keys(o), function($k) { $k & \":\" & $lookup(o, $k) })"),
            value("**.v ~> $distinct ~> $join(\",\")"),
            value("$replace(n, /[a-z]+x?/, \"-\") & $formatNumber(v, \"#,##0.00\") & $pad(n, v)"),
            value("$merge(a) ~> |$|{\"x\": v}, \"n\"|"),
            value("[1..v].($ * $$.v)"),
            value("$toMillis(n) + $round(v, 2) + $power(v, v) + $parseInteger(n, \"0\")"),
            value("$split(n, \",\")[v] ? $match(n, /(a|b)*/) : $base64decode(n)"),
            value("a^(>v, <n){n: $average(v)}"),
            new JsonRules(new JsonSettings(Optional.of("v > 1 and $exists(a[0]) or n in a"), Optional.empty())));

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Bounds.MAX_NESTING + 1)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Twice {@link Bounds#LIMIT}, and what a busy machine takes beside it. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final String QUOTED = "s3cr3t";

    private static JsonRules value(final String expression) {
        return new JsonRules(new JsonSettings(Optional.empty(), Optional.of(expression)));
    }

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(JsonRulesFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) throws IOException {
        // Given
        final Input bytes = new Input(input);
        final int rule = bytes.below(RULES.size());
        final byte[] payload = bytes.rest();
        final long begun = System.nanoTime();

        // When
        byte @Nullable [] result = null;
        @Nullable String reason = null;
        try {
            result = RULES.get(rule).apply(payload, new Publish());
        } catch (final UnfitException e) {
            reason = e.getMessage();
        }

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
        if (reason != null) {
            assertThat(reason).isNotBlank().doesNotContain(QUOTED);
        } else if (result != null) {
            final JsonNode read = MAPPER.readTree(result);
            if (rule == 0) {
                assertThat(read).isEqualTo(MAPPER.readTree(payload));
            }
        }
        if (rule == 0 && reason != null && reason.contains("isn't JSON")) {
            assertThat(isJson(payload))
                    .as("%s, but is: %s", reason, Input.text(payload))
                    .isFalse();
        }
    }

    private static boolean isJson(final byte[] payload) throws IOException {
        try {
            return !MAPPER.readTree(payload).isMissingNode();
        } catch (final JsonProcessingException | CharConversionException e) {
            return false;
        }
    }

    /** What an expression sees besides the payload. */
    private static final class Publish implements Metadata {

        @Override
        public String topic() {
            return "plant/1";
        }

        @Override
        public String clientId() {
            return "c1";
        }

        @Override
        public @Nullable String username() {
            return null;
        }

        @Override
        public int qos() {
            return 1;
        }

        @Override
        public boolean retain() {
            return false;
        }

        @Override
        public void userProperties(final BiConsumer<String, String> each) {
            each.accept("site", "north");
        }
    }
}
