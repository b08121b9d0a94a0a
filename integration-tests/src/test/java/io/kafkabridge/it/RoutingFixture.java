package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

/** A HiveMQ whose bridge has a mapping for each thing that a mapping can say, and a Kafka with their topics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RoutingFixture {

    private static final String CLUSTER = "cluster01";

    Kafka kafka;
    HiveMq hivemq;

    @SuppressWarnings("NullAway.Init") // Each test gets its own.
    Mqtt5BlockingClient client;

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

    final void publish(final String topic, final String payload) {
        publish(topic, payload, builder -> builder);
    }

    /** Publishes with QoS 1, and returns when it is acknowledged: its records are safe. */
    final void publish(
            final String topic, final String payload, final UnaryOperator<Mqtt5PublishBuilder.Complete> more) {
        final Mqtt5Publish publish = more.apply(Mqtt5Publish.builder()
                        .topic(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(StandardCharsets.UTF_8)))
                .build();
        client.publish(publish);
    }

    static UnaryOperator<Mqtt5PublishBuilder.Complete> property(final String name, final String value) {
        return builder -> builder.userProperties().add(name, value).applyUserProperties();
    }

    /** All headers as {@code name=value}, in their order. */
    static List<String> headers(final ConsumerRecord<byte[], byte[]> record) {
        final List<String> headers = new ArrayList<>();
        for (final Header header : record.headers()) {
            headers.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** The lines of the rejected records whose value is that text. */
    final List<String> rejected(final String value) throws IOException {
        final Path folder = hivemq.home().resolve("data/hivemq-kafka-bridge/rejected/" + CLUSTER);
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllLines(files.findFirst().orElseThrow()).stream()
                    .filter(line -> line.endsWith("\"value\":\"" + value + "\"}"))
                    .toList();
        }
    }
}
