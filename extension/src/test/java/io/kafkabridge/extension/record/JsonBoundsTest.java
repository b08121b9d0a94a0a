package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Payloads and expressions that go wrong, deliberately or not: they fail alone, and soon. */
class JsonBoundsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00ac',
            value = {
                "secret | the payload isn't JSON (line 1, byte 1 of it)",
                "{\"secret\" 1} | the payload isn't JSON (line 1, byte 11 of it)",
                "{\"secret\": 1 | the payload isn't JSON (line 1,",
                "{} secret | the payload isn't JSON",
                "1 2 | the payload isn't JSON: it goes on after its end (line 1, byte 3 of it)",
                "¬¬ | the payload isn't JSON: there is nothing in it",
                "NaN | the payload isn't JSON",
                "{'a': 1} | the payload isn't JSON",
                "1e400 | the payload's JSON has a number with too large an exponent",
                "1e999999999 | the payload's JSON has a number with too large an exponent"
            })
    void payload_thatIsNotJson_isRejectedAndNotQuoted(final String payload, final String reason) {
        // When
        final RejectedPublishException rejection =
                JsonRulesTest.condition("true").rejection(Publishes.of(payload));

        // Then
        assertThat(rejection).hasMessageContaining(reason);
        assertThat(rejection.getMessage()).doesNotContain("secret");
        assertThat(rejection.record().value()).asString().isEqualTo(payload);
        assertThat(rejection.record().topic()).isEqualTo("t");
    }

    @Test
    void payload_ofBytesThatAreNoText_isRejected() {
        final Publish publish = new Publishes()
                .payload(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'})
                .build();

        assertThat(JsonRulesTest.condition("true").rejection(publish)).hasMessageContaining("the payload isn't JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00ac',
            value = {
                "a > 5 | <value>: it compares a text with a number",
                "$number(a) | <value>: $number was given what isn't a number (at character",
                "$error(a) | <value>: it calls $error (at character",
                "a.b.c | <value> comes out as nothing",
                "function($x) { $x } | <value> comes out as a function, which isn't JSON",
                "1 / 0 | <value>: a number is out of range",
                "$contains(a, 5) | <value>: an argument of a function isn't of the kind that it takes",
                "$toMillis(a) | <value>: $toMillis was given what isn't a time in ISO 8601"
            })
    void expression_thatFails_isRejectedWithoutQuotingThePayload(final String expression, final String reason) {
        // When
        final RejectedPublishException rejection =
                JsonRulesTest.value(expression).rejection(Publishes.of("{\"a\": \"secret\"}"));

        // Then
        assertThat(rejection).hasMessageContaining(reason);
        assertThat(rejection.getMessage()).doesNotContain("secret");
        assertThat(rejection.record().value()).asString().isEqualTo("{\"a\": \"secret\"}");
    }

    static List<String> hostile() {
        return List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "[".repeat(100_000) + "]".repeat(100_000),
                "[".repeat(201) + "]".repeat(201),
                "9".repeat(1_001));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(final String payload) {
        assertThat(JsonRulesTest.value("$string($)").rejection(Publishes.of(payload)))
                .hasMessageContaining(
                        "the payload's JSON is nested deeper than 200, or a number or a text in it is too long");
    }

    @Test
    void payload_thatIsNestedAsDeepAsAllowed_isTaken() {
        final String deep = "[".repeat(200) + "]".repeat(200);

        assertThat(JsonRulesTest.reshape("$", deep)).isEqualTo(deep);
        assertThat(JsonRulesTest.value("$string($)").create(Publishes.of(deep)).value())
                .isNotEmpty();
        assertThat(JsonRulesTest.value("$count(**)").create(Publishes.of(deep)).value())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { $f($n + 1) }; $f(1))",
                "($f := function($n) { $n < 0 ? $f($n) : $f($n + 1) }; $f(1))"
            })
    void expression_thatRunsForTooLong_isStopped(final String expression) {
        // When
        final long start = System.nanoTime();
        final RejectedPublishException rejection =
                JsonRulesTest.value(expression).rejection(Publishes.of("{}"));

        // Then
        assertThat(rejection).hasMessageContaining("<value>: it takes longer than 100 ms");
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(10_000);
    }

    /** One step each, for the library that steps are of. */
    static List<String> expensive() {
        return List.of(
                "$pad(\"a\", 5000000000)",
                "$pad(\"a\", -2000000000, \"\u00e4\u00f6\")",
                "$reduce([1..40], function($a, $x) { $a & $a }, \"1234567890\")",
                "$reduce([1..40], function($a, $x) { $replace($a, \"1\", \"11\") }, \"1\")",
                "$reduce([1..40], function($a, $x) { $join([$a, $a], \",\") }, \"1234567890\")",
                "$reduce([1..40], function($a, $x) { $base64encode($a & $a) }, \"1234567890\")",
                "$reduce([1..40], function($a, $x) { $append($a, $a) }, [1, 2])",
                "$string($reduce([1..60], function($a, $x) { [[$a], [$a]] }, 1))",
                "($x := $reduce([1..60], function($a, $x) { [[$a], [$a]] }, 1); $x = [$x])",
                "($x := $reduce([1..60], function($a, $x) { [[$a], [$a]] }, 1); $y := $reduce([1..60], function($a, $x)"
                        + " { [[$a], [$a]] }, 1); $x = $y)",
                "$count($reduce([1..60], function($a, $x) { [[$a], [$a]] }, 1).**)",
                "$distinct([1, $reduce([1..60], function($a, $x) { [[$a], [$a]] }, 1)])",
                "$not($reduce([1..60], function($a, $x) { [[$a], [$a]] }, 0))",
                "$reduce([1..60], function($a, $x) { [[$a], [$a]] }, 0) ~> |a|{}|",
                "$reduce([1..60], function($a, $x) { {\"a\": $a, \"b\": $a} }, 0)",
                "[1..10000000]",
                "($a := [1..100000]; [1..100000].$a)",
                "$zip([1..1000000], [1..1000000], [1..1000000])",
                "$sort([1..1000000], function($l, $r) { $l < $r })",
                "[1..1000000].[1..1000000].($ + 1)",
                "$reduce([1..1000000], function($a, $b) { $a + $sum([1..1000]) })",
                "$map([1..1000000], function($v) { $count([1..$v]) })",
                "$contains($pad(\"b\", -8000000, \"a\") & \"c\", $pad(\"b\", -4000000, \"a\") & \"d\") ~> $string()"
                        + " & $pad(\"a\", 20000000)",
                "$reduce([1..1100], function($a, $x) { {\"next\": $a, \"v\": $x} })",
                "$reduce([1..100000], function($a, $x) { [[$a]] })");
    }

    @ParameterizedTest
    @MethodSource("expensive")
    @Timeout(30)
    void expression_thatNeedsTooMuch_isStopped(final String expression) {
        // When
        final RejectedPublishException rejection =
                JsonRulesTest.value(expression).rejection(Publishes.of("{}"));

        // Then
        assertThat(rejection.getMessage())
                .containsAnyOf(
                        "it takes longer than 100 ms",
                        "it takes more than 64 MiB of memory",
                        "it makes a text of more than 16 MiB",
                        "<value> comes out larger than 16 MiB",
                        "it nests arrays and objects deeper than 1000");
    }

    @Test
    void value_thatComesOutTooLarge_isStopped() {
        assertThat(JsonRulesTest.value("($a := $pad(\"a\", 12000000); [$a, $a])")
                        .rejection(Publishes.of("{}")))
                .hasMessage("the payload's JSON: <value> comes out larger than 16 MiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"($f := function($n) { 1 + $f($n + 1) }; $f(1))", "($f := function($n) { [$f([$n])] }; $f(1))"})
    void expression_thatCallsItselfTooDeep_isStopped(final String expression) {
        assertThat(JsonRulesTest.value(expression).rejection(Publishes.of("{}")))
                .hasMessageContaining("<value>: it calls itself too deep");
    }

    @Test
    void expression_inAThreadWithASmallStack_failsAloneAndWorksAgain() throws Exception {
        // Given
        final Mappings mappings = JsonRulesTest.value("($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(n))");
        final StringBuilder outcome = new StringBuilder();

        // When
        final Thread thread = new Thread(
                null,
                () -> {
                    outcome.append(
                            mappings.rejection(Publishes.of("{\"n\": 45}")).getMessage());
                    outcome.append(new String(
                            mappings.create(Publishes.of("{\"n\": 1}")).value(), StandardCharsets.UTF_8));
                },
                "small",
                100 << 10);
        thread.start();
        thread.join();

        // Then
        assertThat(outcome).hasToString("<value>: it calls itself too deep1");
    }

    @Test
    void expression_onManyThreads_keepsTheirPayloadsApart() {
        // Given
        final Mappings mappings =
                JsonRulesTest.value("($x := n; {\"n\": n, \"twice\": $sum([n, $x]), \"id\": $clientId})");
        final AtomicInteger wrong = new AtomicInteger();

        // When
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            final Publish publish = new Publishes()
                    .payload("{\"n\": " + i + "}")
                    .client("c" + i, null)
                    .build();
            final String value = new String(mappings.create(publish).value(), StandardCharsets.UTF_8);
            if (!value.equals("{\"n\":" + i + ",\"twice\":" + 2 * i + ",\"id\":\"c" + i + "\"}")) {
                wrong.incrementAndGet();
            }
        });

        // Then
        assertThat(wrong).hasValue(0);
    }

    @Test
    void now_isTheTimeOfEachEvaluation() throws Exception {
        // Given
        final Mappings mappings = JsonRulesTest.value("$millis()");
        final long before = System.currentTimeMillis();

        // When
        final String first = new String(mappings.create(Publishes.of("{}")).value(), StandardCharsets.UTF_8);

        // Then
        assertThat(Long.parseLong(first)).isBetween(before, System.currentTimeMillis());
        assertThat(JsonRulesTest.reshape("$now()", "{}")).matches("\"20\\d\\d-.*Z\"");
        assertThat(JsonRulesTest.reshape("$now('[Y]')", "{}")).matches("\"20\\d\\d\"");
        assertThat(JsonRulesTest.reshape("$toMillis($now()) - $millis() < 1000", "{}"))
                .isEqualTo("true");
    }
}
