package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;

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
}
