package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            .property("b", "1")
            .property("a", "2")
            .property("b", "3")
            .build();

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
                        "mqtt.client-id=sensor-1",
                        "mqtt.packet-id=7",
                        "mqtt.retain=true",
                        "mqtt.dup=true");
    }

    @Test
    void byDefault_aPublishThatHasNothing_getsWhatAllHave() {
        assertThat(headers("", new Publishes().qos(0).build())).containsExactly("mqtt.client-id=c1");
    }

    @Test
    void userProperty_thatIsNamedAsOneOfOurs_isNotTheLast() {
        // Given
        final Publish publish = new Publishes()
                .property("mqtt.client-id", "somebody else")
                .property("mqtt.qos", "9")
                .build();

        // When
        final var headers = Mappings.with("<headers><qos>true</qos></headers>")
                .create(publish)
                .headers();

        // Then
        assertThat(headers.lastHeader("mqtt.client-id").value()).asString().isEqualTo("c1");
        assertThat(headers.lastHeader("mqtt.qos").value()).asString().isEqualTo("1");
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
