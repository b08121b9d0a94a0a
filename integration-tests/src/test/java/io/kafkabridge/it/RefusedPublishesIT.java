package io.kafkabridge.it;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What HiveMQ's own configuration refuses never reaches Kafka; and a payload that breaks one mapping is lost by none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedPublishesIT {

    private static final int MAX_TOPIC_LENGTH = 12;

    /** As deep as its payload says. */
    private static final String NESTING = "$reduce([1..n], function($inner, $i) { {\"x\": $inner} }, 0)";

    private Kafka kafka;
    private HiveMq hivemq;
    private Path rejected;
    private HiveMq limited;

    @BeforeAll
    void start(@TempDir final Path folder) {
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        Stream.of("all", "nested", "limited").forEach(topic -> kafka.createTopic(topic, 1));
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        new BridgeXml()
                                .cluster("cluster01", kafka.bootstrapServers(), "")
                                .mappingWith(
                                        "nested",
                                        "cluster01",
                                        "<kafka-topic>nested</kafka-topic><json><value>" + NESTING + "</value></json>",
                                        "nested/#")
                                .mapping("all", "cluster01", "all", "#")
                                .toString())
                .start();
        rejected = hivemq.home().resolve("data/hivemq-kafka-bridge/rejected/cluster01");
        limited = HiveMq.builder()
                .folder(folder.resolve("limited"))
                .allowAllClients()
                .settings("""
                        <mqtt><quality-of-service><max-qos>${ENV:MAX_QOS}</max-qos></quality-of-service></mqtt>
                        <restrictions><max-topic-length>%d</max-topic-length></restrictions>
                        """.formatted(MAX_TOPIC_LENGTH))
                .env("MAX_QOS", "1")
                .extension(Artifacts.bridgeZip())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        BridgeXml.single(kafka.bootstrapServers(), "#", "limited"))
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        limited.close();
        kafka.close();
    }

    @Test
    void publishAboveMaxQos_isRefusedAndNotInKafka() throws IOException {
        try (RawMqtt client = new RawMqtt(limited.mqttPort(), "qos")) {
            client.publish(1, 2, false, "a", "QoS 2");
            assertClosed(() -> client.await(RawMqtt.PUBREC, 1));
        }
        assertThat(inLimited()).doesNotContain("QoS 2");
    }

    @Test
    void publishWithATopicThatIsTooLong_isRefusedAndNotInKafka() throws IOException {
        try (RawMqtt client = new RawMqtt(limited.mqttPort(), "length")) {
            client.publish(1, 1, false, "x".repeat(MAX_TOPIC_LENGTH), "just right");
            client.await(RawMqtt.PUBACK, 1);
            client.publish(2, 1, false, "x".repeat(MAX_TOPIC_LENGTH + 1), "too long");
            assertClosed(() -> client.await(RawMqtt.PUBACK, 2));
        }
        assertThat(inLimited()).contains("just right").doesNotContain("too long");
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void assertClosed(final Action action) {
        assertThatThrownBy(action::run).isInstanceOfAny(EOFException.class, SocketException.class);
    }

    /** The payloads in Kafka, once everything is there that came before. */
    private List<String> inLimited() throws IOException {
        try (RawMqtt client = new RawMqtt(limited.mqttPort(), "last")) {
            client.publish(1, 1, false, "last", "last");
            client.await(RawMqtt.PUBACK, 1);
        }
        return Topics.values(kafka, "limited");
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {1, 2})
    void payloadThatBreaksOneMapping_isKept_acknowledged_andForwardedByTheOthers(final int qos) throws IOException {
        // Given
        final String payload = "{\"n\":1500,\"qos\":" + qos + "}";
        try (RawMqtt client = new RawMqtt(hivemq.mqttPort(), "nested" + qos)) {

            // When
            client.publish(1, qos, false, "nested/" + qos, payload);
            client.await(qos == 1 ? RawMqtt.PUBACK : RawMqtt.PUBREC, 1);

            // Then the connection is fine
            client.publish(2, qos, false, "nested/" + qos, "{\"n\":2}");
            client.await(qos == 1 ? RawMqtt.PUBACK : RawMqtt.PUBREC, 2);
        }
        assertThat(Topics.values(kafka, "all")).containsOnlyOnce(payload);
        assertThat(Topics.values(kafka, "nested")).contains("{\"x\":{\"x\":0}}");
        assertThat(rejectedLines()).contains("{\\\"n\\\":1500,\\\"qos\\\":" + qos + "}");
    }

    private String rejectedLines() throws IOException {
        try (Stream<Path> files = Files.list(rejected)) {
            return files.map(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.UTF_8);
                        } catch (final IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }
}
