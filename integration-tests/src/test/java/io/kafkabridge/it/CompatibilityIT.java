package io.kafkabridge.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.HiveMqBuilder;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Configurations of HiveMQ's commercial Kafka extension, in the forms found in public. In each, {@code 127.0.0.1:9092} is
 * replaced by the test's Kafka; nothing else is touched.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompatibilityIT {

    private static final String OURS = "extensions/hivemq-kafka-bridge/conf/config.xml";
    private static final String THEIRS = "extensions/hivemq-kafka-extension/kafka-configuration.xml";

    private Kafka kafka;

    @BeforeAll
    void start(@TempDir final Path folder) {
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        Stream.of(
                        "everything",
                        "Press1",
                        "Oven1",
                        "greenhouse_temperature",
                        "greenhouse_humidity",
                        "car-sensors",
                        "plain")
                .forEach(topic -> kafka.createTopic(topic, 1));
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    static Stream<Arguments> configurations() {
        return Stream.of(
                Arguments.of("single-mapping.xml", Map.of("any/topic", "everything")),
                Arguments.of("two-mappings-without-tls.xml", Map.of("line1/press/7", "Press1", "line1/oven", "Oven1")),
                Arguments.of(
                        "older-header.xml",
                        Map.of(
                                "greenhouse/temperature",
                                "greenhouse_temperature",
                                "greenhouse/humidity",
                                "greenhouse_humidity")),
                Arguments.of("first-version.xml", Map.of("cars/sensor/8", "car-sensors")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void publicConfiguration_runsUnchanged(
            final String name, final Map<String, String> kafkaTopics, @TempDir final Path folder) throws IOException {
        // Given
        try (HiveMq hivemq = hivemq(folder).file(OURS, configuration(name)).start()) {

            // When
            kafkaTopics.keySet().forEach(topic -> publish(hivemq, topic));

            // Then
            kafkaTopics.forEach((topic, kafkaTopic) -> {
                assertThat(Topics.keys(kafka, kafkaTopic)).containsExactly(topic);
                assertThat(Topics.values(kafka, kafkaTopic)).containsExactly("from " + topic);
            });
            assertThat(hivemq.log()).doesNotContainPattern("WARN .*config\\.xml: line");
        }
    }

    @Test
    void unsupportedElements_areAllNamedAndKeepTheBridgeAway(@TempDir final Path folder) throws IOException {
        // When
        try (HiveMq hivemq = hivemq(folder)
                .file(OURS, configuration("unsupported-elements.xml"))
                .start()) {

            // Then
            assertThat(hivemq.log())
                    .contains("has 3 problems")
                    .contains(
                            "line 29, column 5: kafka-configuration > kafka-to-mqtt-mappings: forwarding from Kafka to MQTT isn't"
                                    + " supported. <unsupported-elements>ignore</unsupported-elements> leaves out back-mapping, and"
                                    + " starts the rest")
                    .contains(
                            "line 40, column 5: kafka-configuration > mqtt-to-kafka-transformers: Java transformers aren't"
                                    + " supported; use <json>")
                    .contains(
                            "line 51, column 5: kafka-configuration > kafka-to-mqtt-transformers: forwarding from Kafka to MQTT"
                                    + " isn't supported.")
                    .doesNotContain("\tat ");
        }
    }

    /** The file stays where the commercial extension had it, with one line more. */
    @Test
    void unsupportedElements_whenIgnored_areWarnedOfAndTheRestForwards(@TempDir final Path folder) throws IOException {
        // Given
        final String ignoring = configuration("unsupported-elements.xml")
                .replace(
                        "</kafka-configuration>",
                        "<unsupported-elements>ignore</unsupported-elements></kafka-configuration>");
        try (HiveMq hivemq = hivemq(folder)
                .env("HIVEMQ_KAFKA_BRIDGE_CONFIG", "../hivemq-kafka-extension/kafka-configuration.xml")
                .file(THEIRS, ignoring)
                .start()) {

            // When
            publish(hivemq, "transform/me");
            publish(hivemq, "plain/1");

            // Then
            assertThat(Topics.keys(kafka, "plain")).containsExactly("plain/1");
            assertThat(hivemq.log())
                    .containsPattern(
                            "WARN .*line 25, column 13: mqtt-to-kafka-mapping > kafka-acks: \"ONE\" is not followed")
                    .containsPattern("WARN .*line 29, column 5: .*kafka-to-mqtt-mappings: .*Left out: back-mapping")
                    .containsPattern("WARN .*line 40, column 5: .*mqtt-to-kafka-transformers: .*Left out: reshaping")
                    .containsPattern(
                            "WARN .*line 51, column 5: .*kafka-to-mqtt-transformers: .*Left out: reshaping-back")
                    .contains("1 mapping to Kafka cluster 'cluster01'");

            // When it changes
            final int before = hivemq.log().length();
            Files.writeString(hivemq.home().resolve(THEIRS), ignoring.replace("plain/#", "plain/+"));

            // Then
            hivemq.awaitLog("The configuration has changed and is in force", LoadedBridge.LIMIT);
            assertThat(hivemq.log().substring(before)).containsPattern("WARN .*Left out: reshaping-back");
        }
    }

    private static HiveMqBuilder hivemq(final Path folder) {
        return HiveMq.builder().folder(folder).allowAllClients().extension(Artifacts.bridgeZip());
    }

    private String configuration(final String name) throws IOException {
        try (InputStream in = CompatibilityIT.class.getResourceAsStream("/commercial/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("127.0.0.1:9092", kafka.bootstrapServers());
        }
    }

    private static void publish(final HiveMq hivemq, final String topic) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish(topic, 1, false, ("from " + topic).getBytes(StandardCharsets.UTF_8));
        }
    }
}
