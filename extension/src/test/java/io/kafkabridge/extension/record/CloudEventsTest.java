package io.kafkabridge.extension.record;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kafkabridge.extension.record.HeadersTest.headers;
import static org.assertj.core.api.Assertions.assertThat;

/** CloudEvents 1.0, Kafka protocol binding, binary content mode. */
class CloudEventsTest {

    private static final String EVENTS = "<headers><format>cloudevents</format></headers>";

    private static final Publish FULL = new Publishes()
            .qos(2)
            .retain()
            .dup()
            .client("sensor 1/é", "ana")
            .contentType("application/json")
            .responseTopic("answers/1")
            .correlationData((byte) 0xff, (byte) 0xfe)
            .payloadFormat(1)
            .messageExpiry(4294967295L)
            .property("site", "north")
            .property("ts", "2024-11-25T21:26:40.120Z")
            .build();

    @Test
    void everything_isAnAttributeWithALegalName() {
        // When
        final List<String> headers = headers(
                "<timestamp-property>ts</timestamp-property>"
                        + "<headers><format>cloudevents</format><username>true</username></headers>",
                FULL);

        // Then
        assertThat(headers.stream().filter(header -> !header.startsWith("ce_id=")))
                .containsExactly(
                        "site=north",
                        "ts=2024-11-25T21:26:40.120Z",
                        "content-type=application/json",
                        "ce_mqttresponsetopic=answers/1",
                        "ce_mqttcorrelationdata=//4=",
                        "ce_mqttpayloadformat=1",
                        "ce_mqttmessageexpiryinterval=4294967295",
                        "ce_subject=plant/7/temp",
                        "ce_mqttclientid=sensor 1/é",
                        "ce_mqttusername=ana",
                        "ce_mqttpacketid=7",
                        "ce_mqttqos=2",
                        "ce_mqttretain=true",
                        "ce_mqttdup=true",
                        "ce_specversion=1.0",
                        "ce_source=/mqtt/sensor%201/%C3%A9",
                        "ce_type=io.kafkabridge.mqtt.publish",
                        "ce_time=2024-11-25T21:26:40.120Z");
        assertThat(headers.stream()
                        .map(header -> header.substring(0, header.indexOf('=')))
                        .filter(name -> name.startsWith("ce_")))
                // 20 at most would be better style (CloudEvents 1.0, "Attribute Naming Convention").
                .allMatch(name -> name.matches("ce_[a-z0-9]+"));
    }

    @Test
    void bareEvent_hasTheAttributesThatEveryEventMustHave() {
        assertThat(headers(EVENTS, new Publishes().qos(0).build()).stream()
                        .map(header -> header.substring(0, header.indexOf('='))))
                .containsExactly(
                        "ce_subject",
                        "ce_mqttclientid",
                        "ce_mqttqos",
                        "ce_specversion",
                        "ce_id",
                        "ce_source",
                        "ce_type",
                        "ce_time");
    }

    @Test
    void sourceAndType_areTemplates() {
        assertThat(headers(
                        "<headers><format>cloudevents</format><ce-source>//example.com/{topic[1]|none}?u={username|a b}</ce-source>"
                                + "<ce-type>com.example.{topic[-1]}</ce-type></headers>",
                        FULL))
                .contains("ce_source=//example.com/7?u=ana", "ce_type=com.example.temp");
    }

    @Test
    void id_isAnotherOneForEachRecord() {
        final Mappings mappings = Mappings.with(EVENTS);

        assertThat(mappings.create(FULL).headers().lastHeader("ce_id").value())
                .isNotEqualTo(
                        mappings.create(FULL).headers().lastHeader("ce_id").value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "Application/CloudEvents; charset=UTF-8"})
    void contentTypeOfAnEvent_isLeftOut_sinceItWouldMakeThePayloadTheEvent(final String type) {
        assertThat(headers(EVENTS, new Publishes().contentType(type).build()))
                .noneMatch(header -> header.startsWith("content-type="));
    }

    @Test
    void userProperty_thatWouldPassForAnAttribute_isLeftOut() {
        // Given
        final Publish publish = new Publishes()
                .property("ce_source", "/somebody/else")
                .property("ce_dataschema", "x")
                .property("content-type", "application/cloudevents+json")
                .property("site", "north")
                .build();

        // When
        final List<String> headers = headers(EVENTS, publish);

        // Then
        assertThat(headers)
                .contains("site=north", "ce_source=/mqtt/c1")
                .doesNotContain("ce_source=/somebody/else", "ce_dataschema=x")
                .noneMatch(header -> header.startsWith("content-type="));
    }
}
