package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.MqttClients.Login;
import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** What mappings make of publishes: several mappings at once, each record looked at in Kafka. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingIT {

    private static final String CLUSTER = "cluster01";

    private Kafka kafka;
    private HiveMq hivemq;

    @SuppressWarnings("NullAway.Init") // Each test gets its own.
    private Mqtt5BlockingClient client;

    @BeforeAll
    void start(@TempDir final Path folder) {
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .property("auto.create.topics.enable", "false")
                .start();
        Stream.of(
                        "plant-7",
                        "plant-8",
                        "tree",
                        "tree.a.b",
                        "tree.c",
                        "nokey",
                        "times",
                        "filtered",
                        "meta",
                        "events",
                        "json")
                .forEach(topic -> kafka.createTopic(topic, 1));
        kafka.createTopic("parts", 3);
        kafka.createTopic("late", 1);
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        mappings().toString())
                .start();
    }

    private BridgeXml mappings() {
        return new BridgeXml()
                .cluster(CLUSTER, kafka.bootstrapServers(), "")
                .mappingWith("sites", CLUSTER, "<kafka-topic>plant-{topic[1]}</kafka-topic>", "plant/+/temp")
                .mappingWith("slashes", CLUSTER, """
                        <kafka-topic>{topic}</kafka-topic>
                        <slash-replacement>.</slash-replacement>
                        <max-kafka-topics>3</max-kafka-topics>
                        <allowed-kafka-topics><kafka-topic-pattern>tree*</kafka-topic-pattern></allowed-kafka-topics>
                        """, "tree/#", "bush/#")
                .mappingWith("nokey", CLUSTER, "<kafka-topic>nokey</kafka-topic><key>{none}</key>", "nokey/#")
                .mappingWith("parts", CLUSTER, """
                        <kafka-topic>parts</kafka-topic>
                        <key>{client-id}/{topic[1]|none}</key>
                        <partition>{user-property:p|1}</partition>
                        """, "parts/#")
                .mappingWith("late", CLUSTER, """
                        <kafka-topic>late</kafka-topic>
                        <key>{none}</key>
                        <partition>{user-property:p|0}</partition>
                        """, "late")
                .mappingWith("times", CLUSTER, """
                        <kafka-topic>times</kafka-topic>
                        <timestamp-property>ts</timestamp-property>
                        """, "times/#")
                .mappingWith("filtered", CLUSTER, """
                        <filter>
                          <min-qos>1</min-qos>
                          <retained>never</retained>
                          <client-ids><client-id>sensor-*</client-id></client-ids>
                          <min-payload>2B</min-payload>
                          <max-payload>4B</max-payload>
                        </filter>
                        <kafka-topic>filtered</kafka-topic>
                        """, "filtered/#")
                .mappingWith("named", CLUSTER, """
                        <filter><usernames><username>*</username></usernames></filter>
                        <kafka-topic>filtered</kafka-topic>
                        """, "filtered/#")
                .mapping("meta", CLUSTER, "meta", "meta/#")
                .mappingWith("events", CLUSTER, """
                        <kafka-topic>events</kafka-topic>
                        <headers>
                          <format>cloudevents</format>
                          <ce-source>/plants/{topic[1]|none}</ce-source>
                          <header><name>fixed</name><value>of {qos}</value></header>
                          <header><name>left-out</name><value>{user-property:nope}</value></header>
                        </headers>
                        """, "meta/#")
                .mappingWith("json", CLUSTER, """
                        <kafka-topic>json</kafka-topic>
                        <key>{none}</key>
                        <json>
                          <condition>temp > 30</condition>
                          <value>{"site": $split($topic, "/")[1], "fahrenheit": temp * 1.8 + 32, "id": id}</value>
                        </json>
                        """, "json/#");
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    @BeforeEach
    void connect() {
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("sensor-1")
                .serverHost("127.0.0.1")
                .serverPort(hivemq.mqttPort())
                .buildBlocking();
        client.connect();
    }

    @AfterEach
    void disconnect() {
        client.disconnect();
    }

    private void publish(final String topic, final String payload) {
        publish(topic, payload, builder -> builder);
    }

    /** Publishes with QoS 1, and returns when it is acknowledged: its records are safe. */
    private void publish(
            final String topic, final String payload, final UnaryOperator<Mqtt5PublishBuilder.Complete> more) {
        final Mqtt5Publish publish = more.apply(Mqtt5Publish.builder()
                        .topic(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(StandardCharsets.UTF_8)))
                .build();
        client.publish(publish);
    }

    private static UnaryOperator<Mqtt5PublishBuilder.Complete> property(final String name, final String value) {
        return builder -> builder.userProperties().add(name, value).applyUserProperties();
    }

    /** All headers as {@code name=value}, in their order. */
    private static List<String> headers(final ConsumerRecord<byte[], byte[]> record) {
        final List<String> headers = new ArrayList<>();
        for (final Header header : record.headers()) {
            headers.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** The lines of the rejected records whose value is that text. */
    private List<String> rejected(final String value) throws IOException {
        final Path folder = hivemq.home().resolve("data/hivemq-kafka-bridge/rejected/" + CLUSTER);
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllLines(files.findFirst().orElseThrow()).stream()
                    .filter(line -> line.endsWith("\"value\":\"" + value + "\"}"))
                    .toList();
        }
    }

    @Test
    void templatedKafkaTopic_isTheOneOfTheSite() {
        // When
        publish("plant/7/temp", "a");
        publish("plant/8/temp", "b");
        publish("plant/7/temp", "c");

        // Then
        assertThat(Topics.values(kafka, "plant-7")).containsExactly("a", "c");
        assertThat(Topics.keys(kafka, "plant-7")).containsExactly("plant/7/temp", "plant/7/temp");
        assertThat(Topics.values(kafka, "plant-8")).containsExactly("b");
    }

    @Test
    void templatedKafkaTopic_thatIsIllegalOrOneTooMany_isKeptAmongTheRejected() throws Exception {
        // When
        publish("tree", "1");
        publish("tree/a/b", "2");
        publish("tree/c", "3");
        publish("tree/a.b", "merged");
        publish("tree/d", "fourth");
        publish("bush/a", "not-allowed");
        publish("plant/a b/temp", "illegal");
        publish("tree/a/b", "4");

        // Then
        assertThat(Topics.values(kafka, "tree")).containsExactly("1");
        assertThat(Topics.values(kafka, "tree.a.b")).containsExactly("2", "4");
        assertThat(Topics.values(kafka, "tree.c")).containsExactly("3");
        assertThat(rejected("merged"))
                .singleElement()
                .asString()
                .contains("two names could become one", "\"topic\":\"tree/a.b\"", "\"key\":\"tree/a.b\"");
        assertThat(rejected("fourth"))
                .singleElement()
                .asString()
                .contains("the Kafka topic \\\"tree.d\\\" would be one more than <max-kafka-topics>, 3");
        assertThat(rejected("not-allowed")).singleElement().asString().contains("isn't among <allowed-kafka-topics>");
        assertThat(rejected("illegal"))
                .singleElement()
                .asString()
                .contains("the Kafka topic comes out as \\\"plant-a b\\\": a Kafka topic has 1 to 249");
    }

    @Test
    void keyNone_isNoKey_andTheTopicIsAHeader() {
        // When
        publish("nokey/a", "x");

        // Then
        assertThat(Topics.read(kafka, "nokey")).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(headers(record)).contains("mqtt.topic=nokey/a");
        });
    }

    @Test
    void partition_isTheOneThatThePublishNames_andOneThatIsNotThereHoldsUpNobody() throws Exception {
        // When
        publish("parts/a", "in 1");
        publish("parts/b", "in 2", property("p", "2"));
        publish("parts/c", "no number", property("p", "two"));
        publish("parts/d", "no such", property("p", "3"));
        publish("parts/e", "no such either", property("p", "999999999"));
        publish("parts/f", "in 0", property("p", "0"));

        // Then
        assertThat(Topics.read(kafka, "parts"))
                .extracting(
                        ConsumerRecord::partition,
                        record -> new String(record.key(), StandardCharsets.UTF_8),
                        record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        tuple(1, "sensor-1/a", "in 1"), tuple(2, "sensor-1/b", "in 2"), tuple(0, "sensor-1/f", "in 0"));
        assertThat(rejected("no number"))
                .singleElement()
                .asString()
                .contains("the partition comes out as \\\"two\\\", which isn't a number from 0");
        assertThat(rejected("no such"))
                .singleElement()
                .asString()
                .contains("Kafka topic parts has no partition 3; its last is 2");
        assertThat(rejected("no such either")).hasSize(1);
    }

    @Test
    void partition_thatIsNotThere_holdsUpNobodyInTheSpoolEither() {
        // Given
        kafka.nodes().forEach(KafkaNode::pause);

        // When
        try {
            publish("late", "1");
            publish("late", "late no such", property("p", "7"));
            publish("late", "2");
        } finally {
            kafka.nodes().forEach(KafkaNode::resume);
        }

        // Then
        await().atMost(LoadedBridge.LIMIT)
                .untilAsserted(() -> assertThat(Topics.values(kafka, "late")).endsWith("2"));
        await().untilAsserted(() -> assertThat(rejected("late no such"))
                .singleElement()
                .asString()
                .contains("Kafka topic late has no partition 7; its last is 0"));
        assertThat(Set.copyOf(Topics.values(kafka, "late"))).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void timestamp_isThatOfTheProperty_orTheArrival() {
        // Given
        final long before = System.currentTimeMillis();

        // When
        publish("times/a", "ms", property("ts", "1732570000123"));
        publish("times/a", "iso", property("ts", "2024-11-25T22:26:40.123+01:00"));
        publish("times/a", "unreadable", property("ts", "yesterday"));
        publish("times/a", "missing");

        // Then
        final List<Long> timestamps = Topics.read(kafka, "times").stream()
                .map(ConsumerRecord::timestamp)
                .toList();
        assertThat(timestamps.subList(0, 2)).containsExactly(1732570000123L, 1732570000123L);
        assertThat(timestamps.subList(2, 4))
                .allSatisfy(timestamp -> assertThat(timestamp).isBetween(before, System.currentTimeMillis()));
    }

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
                .userProperties()
                .add("b", "1")
                .add("a", "2")
                .add("b", "3")
                .add("mqtt.client-id", "somebody else")
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
                                        "mqtt.client-id=somebody else",
                                        "mqtt.content-type=application/json",
                                        "mqtt.response-topic=answers/7",
                                        "mqtt.correlation-data=c7",
                                        "mqtt.payload-format=1",
                                        "mqtt.client-id=sensor-1",
                                        "mqtt.packet-id=1",
                                        "mqtt.retain=true"),
                        second -> assertThat(headers(second)).containsExactly("mqtt.client-id=old")));
        await().untilAsserted(() -> assertThat(Topics.read(kafka, "events"))
                .satisfiesExactly(
                        first -> assertThat(headers(first))
                                .startsWith("b=1", "a=2", "b=3", "mqtt.client-id=somebody else")
                                .contains(
                                        "content-type=application/json",
                                        "ce_specversion=1.0",
                                        "ce_source=/plants/7",
                                        "ce_type=io.kafkabridge.mqtt.publish",
                                        "ce_subject=meta/7",
                                        "ce_time=" + Instant.ofEpochMilli(first.timestamp()),
                                        "ce_mqttclientid=sensor-1",
                                        "ce_mqttqos=2",
                                        "ce_mqttcorrelationdata=Yzc=")
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
