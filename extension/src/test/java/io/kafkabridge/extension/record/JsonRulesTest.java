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

@Timeout(60)
class JsonRulesTest {

    private static Mappings condition(final String expression) {
        return Mappings.with("<json><condition><![CDATA[" + expression + "]]></condition></json>");
    }

    private static Mappings value(final String expression) {
        return Mappings.with("<json><value><![CDATA[" + expression + "]]></value></json>");
    }

    private static String reshape(final String expression, final String payload) {
        return new String(value(expression).create(Publishes.of(payload)).value(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiterString = " of ",
            value = {
                "temp > 30 of {\"temp\": 31} of true",
                "temp > 30 of {\"temp\": 29.9} of false",
                "temp > 30 of {\"other\": 1} of false",
                "status of {\"status\": \"ok\"} of true",
                "status of {\"status\": \"\"} of false",
                "status of {\"status\": null} of false",
                "status of {\"status\": 0} of false",
                "$exists(status) of {\"status\": null} of true",
                "$ = 5 of 5 of true",
                "$sum($) > 5 of [1, 2, 3] of true",
                "$contains(note, \"fire\") of {\"note\": \"a fire\"} of true",
                "$topic = \"plant/7/temp\" and $qos = 1 and $retain = false and $clientId = \"c1\" of {} of true",
                "$exists($username) of {} of false"
            })
    void condition_letsThroughWhatIsTrue(final String expression, final String payload, final boolean expected)
            throws Exception {
        // Given
        final Mappings mappings = condition(expression);
        final Publish publish = Publishes.of(payload);

        // When, Then
        if (expected) {
            assertThat(mappings.create(publish).value()).isSameAs(publish.payload());
        } else {
            assertThat(mappings.tryCreate(publish)).isNull();
            assertThat(mappings.heldBack()).containsExactly(HeldBack.CONDITION);
        }
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiterString = " of ",
            value = {
                "{\"t\": temp} of {\"temp\": 21.5, \"x\": 1} of {\"t\":21.5}",
                "{\"f\": temp * 1.8 + 32} of {\"temp\": 20} of {\"f\":68}",
                "{\"site\": $split($topic, \"/\")[1], \"v\": $} of 5 of {\"site\":\"7\",\"v\":5}",
                "temp of {\"temp\": \"warm\"} of \"warm\"",
                "temp of {\"temp\": null} of null",
                "temp of {\"temp\": false} of false",
                "$ of [1, [], {}, null, \"é\"] of [1,[],{},null,\"é\"]",
                "items.id of {\"items\": [{\"id\": 1}, {\"id\": 2}]} of [1,2]",
                "$merge([$, {\"unit\": \"C\"}]) of {\"t\": 1} of {\"t\":1,\"unit\":\"C\"}",
                "$ ~> |$|{\"unit\": \"C\"}, [\"t\"]| of {\"t\": 1, \"u\": 2} of {\"u\":2,\"unit\":\"C\"}",
                "$replace(s, \".\", \"-\", 2) of {\"s\": \"a.b.c.d\"} of \"a-b-c.d\"",
                "$replace(s, \".\", \"$1\") of {\"s\": \"a.b\"} of \"a$1b\"",
                "$replace(s, \"x\", \"\") of {\"s\": \"a.b\"} of \"a.b\""
            })
    void value_isTheResultAsJson(final String expression, final String payload, final String expected) {
        assertThat(reshape(expression, payload)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "-9223372036854775808",
                "123456789012345678901234567890",
                "1.10",
                "0.1",
                "3.141592653589793238462643383279",
                "1E+3",
                "1.5E-7",
                "100000.0"
            })
    void value_thatIsOnlyPassedOn_keepsEveryDigit(final String number) {
        assertThat(reshape("{\"n\": n}", "{\"n\": " + number + "}")).isEqualTo("{\"n\":" + number + "}");
        assertThat(reshape("$merge([$clone($), {\"x\": 1}])", "{\"n\": " + number + "}"))
                .isEqualTo("{\"n\":" + number + ",\"x\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "-9223372036854775807",
                "123456789012345678901234567890",
                "0.12345678901234567890"
            })
    void transform_ofANumberThatItWouldRound_isRejected(final String number) {
        assertThat(value("$ ~> |$|{\"x\": 1}|").rejection(Publishes.of("{\"n\": " + number + "}")))
                .hasMessage("<value>: its | operator would round a number of the payload");
    }

    @ParameterizedTest
    @CsvSource({"9007199254740992,9007199254740992", "1.10,1.1", "1E+3,1000", "-0.1,-0.1"})
    void transform_ofANumberThatADoubleHolds_keepsItsValue(final String number, final String expected) {
        assertThat(reshape("$ ~> |$|{\"x\": 1}|", "{\"n\": " + number + "}"))
                .isEqualTo("{\"n\":" + expected + ",\"x\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n = 1.1", "n in [1.1, 2]", "n > 1", "$string(n) = \"1.1\"", "n + 1 = 2.1"})
    void number_ofAUsualKind_comparesAsInJsonata(final String expression) throws Exception {
        assertThat(condition(expression).tryCreate(Publishes.of("{\"n\": 1.1}")))
                .isNotNull();
    }

    @Test
    void userProperties_areByName_andAListWhereAnameRepeats() {
        // Given
        final Publish publish = new Publishes()
                .payload("{}")
                .client("c", "ana")
                .property("a", "1")
                .property("b", "2")
                .property("a", "3")
                .property("a", "4")
                .build();

        // When
        final byte[] value = value("{\"p\": $userProperties, \"u\": $username}")
                .create(publish)
                .value();

        // Then
        assertThat(value).asString().isEqualTo("{\"p\":{\"a\":[\"1\",\"3\",\"4\"],\"b\":\"2\"},\"u\":\"ana\"}");
    }

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
        final RejectedPublishException rejection = condition("true").rejection(Publishes.of(payload));

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

        assertThat(condition("true").rejection(publish)).hasMessageContaining("the payload isn't JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00ac',
            value = {
                "a > 5 | <value>: The values \"...\" and \"...\" either side of operator",
                "$number(a) | <value> fails on this payload: NumberFormatException",
                "$error(a) | <value>: ...",
                "a.b.c | <value> comes out as nothing",
                "function($x) { $x } | a function isn't JSON",
                "1 / 0 | <value>: Number out of range",
                "$contains(a, 5) | <value>: Argument",
                "$toMillis(a) | <value>"
            })
    void expression_thatFails_isRejectedWithoutQuotingThePayload(final String expression, final String reason) {
        // When
        final RejectedPublishException rejection = value(expression).rejection(Publishes.of("{\"a\": \"secret\"}"));

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
        assertThat(value("$string($)").rejection(Publishes.of(payload)))
                .hasMessageContaining(
                        "the payload's JSON is nested deeper than 200, or a number or a text in it is too long");
    }

    @Test
    void payload_thatIsNestedAsDeepAsAllowed_isTaken() {
        final String deep = "[".repeat(200) + "]".repeat(200);

        assertThat(reshape("$", deep)).isEqualTo(deep);
        assertThat(value("$string($)").create(Publishes.of(deep)).value()).isNotEmpty();
        assertThat(value("$count(**)").create(Publishes.of(deep)).value()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { $f($n + 1) }; $f(1))",
                "[1..1000000].[1..1000000].($ + 1)",
                "$reduce([1..1000000], function($a, $b) { $a + $sum([1..1000]) })",
                "$map([1..1000000], function($v) { $count([1..$v]) })"
            })
    void expression_thatRunsForTooLong_isStopped(final String expression) {
        // When
        final long start = System.nanoTime();
        final RejectedPublishException rejection = value(expression).rejection(Publishes.of("{}"));

        // Then
        assertThat(rejection).hasMessageContaining("<value>: it takes longer than 100 ms");
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"($f := function($n) { 1 + $f($n + 1) }; $f(1))", "($f := function($n) { [$f([$n])] }; $f(1))"})
    void expression_thatCallsItselfTooDeep_isStopped(final String expression) {
        assertThat(value(expression).rejection(Publishes.of("{}")))
                .hasMessageContaining("<value>: it calls itself too deep");
    }

    @Test
    void expression_inAThreadWithASmallStack_failsAloneAndWorksAgain() throws Exception {
        // Given
        final Mappings mappings = value("($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(n))");
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
        assertThat(outcome).hasToString("<value> fails on this payload: StackOverflowError1");
    }

    @Test
    void expression_onManyThreads_keepsTheirPayloadsApart() {
        // Given
        final Mappings mappings = value("($x := n; {\"n\": n, \"twice\": $sum([n, $x]), \"id\": $clientId})");
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
        final Mappings mappings = value("$millis()");
        final long before = System.currentTimeMillis();

        // When
        final String first = new String(mappings.create(Publishes.of("{}")).value(), StandardCharsets.UTF_8);

        // Then
        assertThat(Long.parseLong(first)).isBetween(before, System.currentTimeMillis());
        assertThat(reshape("$now()", "{}")).matches("\"20\\d\\d-.*Z\"");
        assertThat(reshape("$now('[Y]')", "{}")).matches("\"20\\d\\d\"");
        assertThat(reshape("$toMillis($now()) - $millis() < 1000", "{}")).isEqualTo("true");
    }
}
