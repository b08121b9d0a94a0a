package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class JsonRulesTest {

    static Mappings condition(final String expression) {
        return Mappings.with("<json><condition><![CDATA[" + expression + "]]></condition></json>");
    }

    static Mappings value(final String expression) {
        return Mappings.with("<json><value><![CDATA[" + expression + "]]></value></json>");
    }

    static String reshape(final String expression, final String payload) {
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
                "0.12345678901234567890",
                "1.10",
                "1E+3",
                "1e-400",
                "-0"
            })
    void transform_keepsEveryDigit(final String number) {
        assertThat(reshape("$ ~> |$|{\"x\": 1}|", "{\"n\": " + number + "}"))
                .isEqualTo("{\"n\":" + number + ",\"x\":1}");
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiterString = " of ",
            value = {
                "$abs(d) of {\"d\":-21.50} of 21.5",
                "$abs(d) of {\"d\":-9.75e-1} of 0.975",
                "$abs(d) of {\"d\":-0.30000000000000004} of 0.30000000000000004",
                "$sort(r) of {\"r\":[21, 20.5, 22]} of [20.5,21,22]",
                "$sort(r) of {\"r\":[1E1, 9.50, 12345678901, 10]} of [9.50,1E1,10,12345678901]",
                "$sort(r, function($l,$r){$l.p > $r.p}) of {\"r\":[{\"n\":1,\"p\":1},{\"n\":2,\"p\":1.0}]} of [{\"n\":1,\"p\":1},{\"n\":2,\"p\":1.0}]",
                "r^(p).n of {\"r\":[{\"n\":1,\"p\":1.0},{\"n\":2,\"p\":1},{\"n\":3,\"p\":0.50}]} of [3,1,2]",
                "$string(d) of {\"d\":0.30000000000000004} of \"0.3\"",
                "$string(d) of {\"d\":1E5} of \"100000\"",
                "\"s\" & d of {\"d\":21.50} of \"s21.5\"",
                "\"s\" & d of {\"d\":9007199254740993} of \"s9007199254740993\"",
                "$distinct(r) of {\"r\":[1, 1.0, 1E0, 2]} of [1,2]",
                "a = b of {\"a\":[1.0,{\"x\":1E2}],\"b\":[1,{\"x\":100}]} of true",
                "a in b of {\"a\":150e-2,\"b\":[1.5]} of true",
                "a < b of {\"a\":1.50,\"b\":12345678901} of true",
                "$sum(r) of {\"r\":[1.50, 1E0, 2]} of 4.5",
                "$average(r) of {\"r\":[1.50, 2.5E0]} of 2",
                "$max(r) + $min(r) of {\"r\":[1.50, 2, 1E1]} of 11.5",
                "$round(d, 1) of {\"d\":2.250} of 2.2",
                "$floor(d) & $ceil(d) of {\"d\":2.50E0} of \"23\"",
                "$number(d) of {\"d\":21.50} of 21.50",
                "$formatBase(d, 16) of {\"d\":2.55E2} of \"ff\"",
                "$formatNumber(d, \"#,##0.00\") of {\"d\":1.2345E3} of \"1,234.50\"",
                "[n..m] of {\"n\":1.0,\"m\":3E0} of [1,2,3]",
                "a[$$.n] of {\"a\":[5,6],\"n\":1.0} of 6",
                "$exists(a[$$.n]) of {\"a\":[5,6],\"n\":4294967296} of false",
                "21000000 + d of {\"d\":0.50} of 21000000.5"
            })
    void number_countsTheSameHoweverItIsSpelled(final String expression, final String payload, final String expected) {
        assertThat(reshape(expression, payload)).isEqualTo(expected);
    }

    @Test
    void condition_onANumberWithATrailingZero_forwards() throws Exception {
        assertThat(condition("$abs(d) > 0.3").tryCreate(Publishes.of("{\"d\":-0.50}")))
                .isNotNull();
    }

    @Test
    void sort_ofManyItemsWithFewKinds_isStable() {
        final String items = IntStream.range(0, 40)
                .mapToObj(i -> "{\"p\":" + i % 3 + ",\"n\":" + i + "}")
                .collect(Collectors.joining(","));

        final String sorted = reshape("$sort(r, function($l, $r) { $l.p > $r.p }).n", "{\"r\":[" + items + "]}");

        assertThat(sorted)
                .isEqualTo(IntStream.range(0, 40)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> i % 3))
                        .map(String::valueOf)
                        .collect(Collectors.joining(",", "[", "]")));
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
}
