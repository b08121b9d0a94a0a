package io.kafkabridge.it;

import java.time.Instant;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import org.junit.jupiter.api.Test;

import io.kafkabridge.it.MqttClients.Login;
import io.kafkabridge.it.MqttClients.Version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What mappings hold back, and what their records carry: filters, headers and JSON, each record looked at in Kafka. */
class RecordsIT extends RoutingFixture {

    @Test
    void filters_holdBackAndCount() throws Exception {
        // When
        publish("filtered/a", "ok");
        publish("filtered/a", "x", builder -> builder.qos(MqttQos.AT_MOST_ONCE));
        publish("filtered/a", "abc", builder -> builder.retain(true));
        publish("filtered/a", "a");
        publish("filtered/a", "abcde");
        try (MqttClients other = Version.MQTT_3_1_1.connect(hivemq.mqttPort(), new Login("other", null, ""))) {
            other.publish("filtered/a", 1, false, new byte[] {'h', 'i'});
        }
        publish("filtered/a", "end");

        // Then
        assertThat(Topics.values(kafka, "filtered")).containsExactly("ok", "end");
        try (Counters counters = Counters.of(hivemq)) {
            assertThat(counters.ofMapping("filtered", "held-back.qos")).isEqualTo(1);
            assertThat(counters.ofMapping("filtered", "held-back.retain")).isEqualTo(1);
            assertThat(counters.ofMapping("filtered", "held-back.payload-size")).isEqualTo(2);
            assertThat(counters.ofMapping("filtered", "held-back.client-id")).isEqualTo(1);
            assertThat(counters.ofMapping("filtered", "held-back.username")).isEqualTo(-1);
            assertThat(counters.ofMapping("filtered", "forwarded")).isEqualTo(2);
            assertThat(counters.ofMapping("named", "held-back.username")).isEqualTo(7);
        }
    }

    @Test
    void metadata_isInTheHeadersOfBothFormats() {
        // When
        publish("meta/7", "{}", builder -> builder.qos(MqttQos.EXACTLY_ONCE)
                .retain(true)
                .contentType("application/json")
                .responseTopic("answers/7")
                .correlationData(new byte[] {'c', '7'})
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .messageExpiryInterval(60)
                .userProperties()
                .add("b", "1")
                .add("a", "2")
                .add("b", "3")
                .add("mqtt.client-id", "somebody else")
                .add("mqtt.username", "admin")
                .add("ce_mqttwill", "true")
                .applyUserProperties());
        try (MqttClients old = Version.MQTT_3_1.connect(hivemq.mqttPort(), new Login("old", null, ""))) {
            old.publish("meta/7", 0, false, new byte[0]);
        }

        // Then
        await().untilAsserted(() -> assertThat(Topics.read(kafka, "meta"))
                .satisfiesExactly(
                        first -> assertThat(headers(first))
                                .containsExactly(
                                        "b=1",
                                        "a=2",
                                        "b=3",
                                        "mqtt.content-type=application/json",
                                        "mqtt.response-topic=answers/7",
                                        "mqtt.correlation-data=c7",
                                        "mqtt.payload-format=1",
                                        "mqtt.message-expiry-interval=60",
                                        "mqtt.client-id=sensor-1",
                                        "mqtt.packet-id=1",
                                        "mqtt.retain=true"),
                        second -> assertThat(headers(second)).containsExactly("mqtt.client-id=old")));
        await().untilAsserted(() -> assertThat(Topics.read(kafka, "events"))
                .satisfiesExactly(
                        first -> assertThat(headers(first))
                                .startsWith("b=1", "a=2", "b=3", "content-type=application/json")
                                .contains(
                                        "content-type=application/json",
                                        "ce_specversion=1.0",
                                        "ce_source=/plants/7",
                                        "ce_type=io.kafkabridge.mqtt.publish",
                                        "ce_subject=meta/7",
                                        "ce_time=" + Instant.ofEpochMilli(first.timestamp()),
                                        "ce_mqttclientid=sensor-1",
                                        "ce_mqttqos=2",
                                        "ce_mqttcorrelationdata=Yzc=",
                                        "ce_mqttmessageexpiryinterval=60")
                                .anyMatch(header -> header.matches("ce_id=[0-9a-f-]{36}"))
                                .endsWith("fixed=of 2")
                                .noneMatch(header -> header.startsWith("left-out=")),
                        second -> assertThat(headers(second)).contains("ce_mqttclientid=old", "fixed=of 0")));
    }

    @Test
    void json_isFilteredAndReshaped_andWhatIsNotJsonIsRejected() throws Exception {
        // When
        publish("json/7", "{\"temp\": 35, \"id\": 9007199254740993}");
        publish("json/7", "{\"temp\": 20}");
        publish("json/7", "warm");
        publish("json/7", "[".repeat(20_000));
        publish("json/7", "{\"temp\": 40.5}");

        // Then
        assertThat(Topics.values(kafka, "json"))
                .containsExactly(
                        "{\"site\":\"7\",\"fahrenheit\":95,\"id\":9007199254740993}",
                        "{\"site\":\"7\",\"fahrenheit\":104.9}");
        assertThat(rejected("warm"))
                .singleElement()
                .asString()
                .contains("the payload isn't JSON (line 1, byte 1 of it)", "\"topic\":\"json\"", "\"key\":null");
        assertThat(rejected("[".repeat(20_000))).hasSize(1);
        try (Counters counters = Counters.of(hivemq)) {
            assertThat(counters.ofMapping("json", "held-back.condition")).isEqualTo(1);
            assertThat(counters.ofMapping("json", "rejected")).isEqualTo(2);
            assertThat(counters.ofMapping("json", "forwarded")).isEqualTo(2);
        }
    }
}
