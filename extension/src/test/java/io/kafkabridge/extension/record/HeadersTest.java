package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.extension.model.HeaderSettings.Format;
import io.kafkabridge.extension.model.HeaderSettings.Item;

import static org.assertj.core.api.Assertions.assertThat;

class HeadersTest {

    private static final Publish FULL = new Publishes()
            .qos(2)
            .retain()
            .dup()
            .client("sensor-1", "ana")
            .contentType("text/plain")
            .responseTopic("answers/1")
            .correlationData((byte) 'x')
            .payloadFormat(1)
            .messageExpiry(3600)
            .property("b", "1")
            .property("a", "2")
            .property("b", "3")
            .build();

    private static final String ALL_OFF = switches(false);
    private static final String ALL_ON = switches(true);

    /** Switches all but the user properties. */
    private static String switches(final boolean on) {
        return Arrays.stream(Item.values())
                .filter(item -> item != Item.USER_PROPERTIES)
                .map(item -> "<" + item.element() + ">" + on + "</" + item.element() + ">")
                .collect(Collectors.joining());
    }

    /** All headers as {@code name=value}, in their order. */
    static List<String> headers(final String elements, final Publish publish) {
        final List<String> headers = new ArrayList<>();
        for (final Header header : Mappings.with(elements).create(publish).headers()) {
            headers.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    @Test
    void byDefault_propertiesComeFirstInTheirOrder_thenOurs() {
        assertThat(headers("", FULL))
                .containsExactly(
                        "b=1",
                        "a=2",
                        "b=3",
                        "mqtt.content-type=text/plain",
                        "mqtt.response-topic=answers/1",
                        "mqtt.correlation-data=x",
                        "mqtt.payload-format=1",
                        "mqtt.message-expiry-interval=3600",
                        "mqtt.client-id=sensor-1",
                        "mqtt.packet-id=7",
                        "mqtt.retain=true",
                        "mqtt.dup=true");
    }

    @Test
    void byDefault_aPublishThatHasNothing_getsWhatAllHave() {
        assertThat(headers("", new Publishes().qos(0).build())).containsExactly("mqtt.client-id=c1");
    }

    /** Every name that the bridge may write, in any format. */
    static Stream<String> names() {
        return Stream.of(
                        Arrays.stream(Item.values())
                                .flatMap(item -> Stream.of(item.header(Format.MQTT), item.header(Format.CLOUDEVENTS)))
                                .filter(name -> !name.isEmpty() && !name.equals("content-type")),
                        Stream.of("ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion", "ce_dataschema", "ce_")
                                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT))),
                        Stream.of(
                                "kafka-bridge.topic",
                                "kafka-bridge.reason",
                                "kafka-bridge.expires-at",
                                "MQTT.Username"))
                .flatMap(names -> names);
    }

    @ParameterizedTest
    @MethodSource("names")
    void userProperty_ofANameThatTheBridgeMayWrite_isLeftOut_whetherItWritesThatOrNot(final String name) {
        for (final String format : List.of("mqtt", "cloudevents")) {
            for (final String switches : List.of("", ALL_OFF, ALL_ON)) {
                // Given
                final Publish publish = new Publishes()
                        .property("site", "1")
                        .property(name, "forged")
                        .property("site", "2")
                        .property("mqtt.other", "3")
                        .property("mqtt", "4")
                        .build();

                // When
                final List<String> headers =
                        headers("<headers><format>" + format + "</format>" + switches + "</headers>", publish);

                // Then
                assertThat(headers)
                        .startsWith("site=1", "site=2", "mqtt.other=3", "mqtt=4")
                        .noneMatch(header -> header.contains("forged"));
            }
        }
    }

    @Test
    void userProperty_ofTheNameOfAHeaderThatMayBeMissing_isLeftOut() {
        // Given
        final Publish publish = new Publishes()
                .property("user", "admin")
                .property("site", "north")
                .build();

        // When
        final List<String> headers = headers("""
                <headers>
                  <header><name>user</name><value>{username}</value></header>
                  <header><name>site</name><value>{topic[0]|none}</value></header>
                </headers>
                """, publish);

        // Then
        assertThat(headers).containsExactly("site=north", "mqtt.client-id=c1", "mqtt.packet-id=7", "site=plant");
    }

    @Test
    void topic_isAHeaderWhereTheKeyIsSomethingElse() {
        assertThat(headers("<key>{client-id}</key>", Publishes.any())).contains("mqtt.topic=plant/7/temp");
        assertThat(headers("<key>{none}</key><headers><topic>false</topic></headers>", Publishes.any()))
                .doesNotContain("mqtt.topic=plant/7/temp");
        assertThat(headers("<headers><topic>true</topic></headers>", Publishes.any()))
                .contains("mqtt.topic=plant/7/temp");
    }

    @Test
    void qos_isAHeaderWhereItIsSwitchedOn() {
        assertThat(headers("<headers><qos>true</qos></headers>", FULL)).contains("mqtt.qos=2");
    }

    @Test
    void username_isAHeaderWhereItIsSwitchedOnAndThere() {
        assertThat(headers("<headers><username>true</username></headers>", FULL))
                .contains("mqtt.username=ana");
        assertThat(headers("<headers><username>true</username></headers>", Publishes.any()))
                .containsExactly("mqtt.client-id=c1", "mqtt.packet-id=7");
    }

    @ParameterizedTest
    @CsvSource({
        "user-properties,b",
        "content-type,mqtt.content-type",
        "response-topic,mqtt.response-topic",
        "correlation-data,mqtt.correlation-data",
        "payload-format,mqtt.payload-format",
        "message-expiry-interval,mqtt.message-expiry-interval",
        "retain,mqtt.retain",
        "dup,mqtt.dup",
        "client-id,mqtt.client-id",
        "packet-id,mqtt.packet-id"
    })
    void switchedOff_isNotThere(final String element, final String header) {
        // When
        final List<String> all = headers("", FULL);
        final List<String> without = headers("<headers><" + element + ">false</" + element + "></headers>", FULL);

        // Then
        assertThat(all).anyMatch(each -> each.startsWith(header + "="));
        assertThat(without).noneMatch(each -> each.startsWith(header + "="));
    }

    @Test
    void extraHeaders_comeLast_andAreLeftOutWhereSomethingIsMissing() {
        assertThat(headers("""
                        <headers><format>none</format>
                          <header><name>site</name><value>{topic[1]}</value></header>
                          <header><name>missing</name><value>a{username}</value></header>
                          <header><name>user</name><value>{username|unknown}</value></header>
                          <header><name>empty</name><value/></header>
                        </headers>
                        """, Publishes.any())).containsExactly("site=7", "user=unknown", "empty=");
        assertThat(headers("<headers><header><name>b</name><value>ours</value></header></headers>", FULL))
                .startsWith("b=1", "a=2", "b=3")
                .endsWith("b=ours");
    }

    @Test
    void correlationData_isTheBytesAsTheyAre() {
        final byte[] data = {(byte) 0xff, 0};

        assertThat(Mappings.with("")
                        .create(new Publishes().correlationData(data).build())
                        .headers()
                        .lastHeader("mqtt.correlation-data")
                        .value())
                .isEqualTo(data);
    }
}
