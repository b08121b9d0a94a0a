package io.kafkabridge.it;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** A configuration that can't be used when HiveMQ starts: what is acknowledged is in Kafka all the same. One HiveMQ, started often. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClosedStartIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String READY = "/health/ready";
    private static final String TOPIC = "teste";
    private static final String OPEN = "The bridge is open: clients are let in";

    private final int port = Ports.free();
    private final Web web = new Web(port);

    private Kafka kafka;
    private HiveMq hivemq;
    private Path extensions;
    private Path config;
    private Path kept;
    private String right;
    private int logged;

    @BeforeAll
    void prepare(@TempDir final Path folder) {
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        kafka.createTopic(TOPIC, 1);
        right = new BridgeXml()
                .cluster("cluster01", kafka.bootstrapServers(), "<shutdown-timeout>1s</shutdown-timeout>")
                .mapping("mapping01", "cluster01", TOPIC, TOPIC)
                .monitoring(port, "")
                .toString();
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", right)
                .start();
        extensions = hivemq.home().resolve("extensions");
        config = extensions.resolve("hivemq-kafka-bridge/conf/config.xml");
        kept = hivemq.home().resolve("data/hivemq-kafka-bridge/config-in-force.xml");
        assertThat(kept).exists();
    }

    @BeforeEach
    void stop() {
        hivemq.stop();
        logged = hivemq.log().length();
    }

    @AfterAll
    void end() {
        hivemq.close();
        kafka.close();
    }

    private String wrong() {
        return right.replace("kafka-topic", "kafka-topc");
    }

    private String log() {
        return hivemq.log().substring(logged);
    }

    private void publish(final String message) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish(TOPIC, 1, false, message.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void assertForwards(final String message) {
        publish(message);
        assertThat(Topics.values(kafka, TOPIC)).contains(message);
    }

    /** At the CONNECT, with the code that says that it may come again later. */
    private void assertClosed() {
        assertThat(log()).contains("The bridge is closed: no MQTT client is let in");
        assertThat(extensions.resolve("hivemq-kafka-bridge/DISABLED")).doesNotExist();
        assertThat(code5()).isEqualTo(0x88);
        final Mqtt3ConnAckException refusal =
                catchThrowableOfType(Mqtt3ConnAckException.class, () -> MqttClient.builder()
                        .useMqttVersion3()
                        .serverHost("127.0.0.1")
                        .serverPort(hivemq.mqttPort())
                        .buildBlocking()
                        .connect());
        assertThat(refusal.getMqttMessage().getReturnCode().getCode()).isEqualTo(3);
    }

    private int code5() {
        final Mqtt5ConnAckException refusal =
                catchThrowableOfType(Mqtt5ConnAckException.class, () -> MqttClient.builder()
                        .useMqttVersion5()
                        .serverHost("127.0.0.1")
                        .serverPort(hivemq.mqttPort())
                        .buildBlocking()
                        .connect());
        return refusal.getMqttMessage().getReasonCode().getCode();
    }

    private void mend() throws IOException {
        final int before = hivemq.log().length();
        Files.writeString(config, right);
        await().atMost(LIMIT).until(() -> hivemq.log().substring(before).contains(OPEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wrong", "missing", "unreadable", "a variable is missing", "the earlier one is refused too"})
    void withoutAUsableOne_nobodyIsLetIn_untilItIsMendedWithoutARestart(final String how) throws Exception {
        // Given
        Files.deleteIfExists(kept);
        switch (how) {
            case "wrong" -> Files.writeString(config, wrong());
            case "missing" -> Files.delete(config);
            case "unreadable" -> { // Not by its mode: root reads every file.
                Files.delete(config);
                Files.createDirectory(config);
            }
            case "a variable is missing" ->
                Files.writeString(config, right.replace(kafka.bootstrapServers(), "${ENV:NOT_SET}"));
            default -> { // As after an upgrade to a version that refuses what the one before took.
                Files.writeString(config, wrong());
                Files.writeString(kept, wrong());
            }
        }

        // When
        hivemq.start();

        // Then
        assertClosed();

        // When
        if (Files.isDirectory(config)) {
            Files.delete(config);
        }
        mend();

        // Then
        assertForwards("mended: " + how);
        assertThat(web.status(READY)).isEqualTo(200);
    }

    @Test
    void closed_theMonitoringServerSaysWhy() throws Exception {
        // Given
        Files.deleteIfExists(kept);
        Files.writeString(config, wrong());

        // When
        hivemq.start();

        // Then
        await().atMost(LIMIT).until(() -> web.status(READY) == 503);
        assertThat(web.get(READY).body())
                .contains("\"configuration\" : \"none, so that no client is let in: the file has 2 problems");
        assertThat(web.get("/api/status").body())
                .contains("Closed: config.xml can’t be used", "did you mean <kafka-topic>?");
        assertThat(web.get("/metrics").body()).contains("kafkabridge_configuration_state 2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "missing"})
    void withAnEarlierOne_thatIsInForce(final String how) throws Exception {
        // Given
        Files.writeString(config, right);
        hivemq.start();
        hivemq.stop();
        if (how.equals("wrong")) {
            Files.writeString(config, wrong());
        } else {
            Files.delete(config);
        }

        // When
        hivemq.start();

        // Then
        assertForwards("by the earlier one: " + how);
        assertThat(log()).contains("The bridge goes by the configuration that was last in force");
        await().atMost(LIMIT).until(() -> web.status(READY) == 200);
        assertThat(web.get(READY).body()).contains("\"configuration\" : \"an older one is in force: the file has");
        assertThat(web.get("/metrics").body()).contains("kafkabridge_configuration_state 1.0");
    }

    @Test
    void clientThatAnotherExtensionLetsIn_isNotAcknowledged_andLosesNothing() throws Exception {
        // Given
        Files.deleteIfExists(kept);
        Files.writeString(config, wrong());
        final Path allowAll = extensions.resolve("allow-all/hivemq-extension.xml");
        final String before = Files.readString(allowAll);
        Files.writeString(allowAll, before.replace("<version>", "<priority>5000</priority><version>"));
        try {
            hivemq.start();
            for (int i = 0; i < 20; i++) {
                // When it publishes as soon as it is in
                final int id = i;

                // Then its connection ends, if not before the CONNACK
                assertThatThrownBy(() -> {
                            try (RawMqtt client = new RawMqtt(hivemq.mqttPort(), "let-in-" + id)) {
                                client.publish(1, 1, false, TOPIC, "QoS 1 of " + id);
                                client.publish(2, 2, false, TOPIC, "QoS 2 of " + id);
                                client.await(id % 2 == 0 ? RawMqtt.PUBACK : RawMqtt.PUBREC, id % 2 == 0 ? 1 : 2);
                            }
                        })
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(SocketTimeoutException.class);
            }

            // When
            mend();

            // Then
            assertForwards("mended: let in");
        } finally {
            Files.writeString(allowAll, before);
        }
    }

    @Test
    void withoutASecurityExtension_hivemqsWarningIsThere() throws Exception {
        // Given
        final Path allowAll = extensions.resolve("allow-all");
        final Path elsewhere = hivemq.home().resolve("allow-all");
        Files.move(allowAll, elsewhere);
        try {
            // When all is well
            Files.writeString(config, right);
            hivemq.start();

            // Then
            assertThat(log()).contains("# No security extension present, MQTT clients can not connect");
            assertThat(code5()).isEqualTo(0x87);

            // When it was closed before
            stop();
            Files.deleteIfExists(kept);
            Files.writeString(config, wrong());
            hivemq.start();
            assertClosed();
            mend();

            // Then
            assertThat(code5()).isEqualTo(0x87);
            await().atMost(LIMIT)
                    .until(() -> log().contains("No security extension present: no MQTT client can connect"));
        } finally {
            Files.move(elsewhere, allowAll);
        }
    }
}
