package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** Rejected records, as an operator looks at them and sends them again while HiveMQ runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RejectedCommandIT {

    /** As Base64 on the disk, it is longer than the texts that JSON readers take by default: 20 million characters. */
    private static final byte[] LARGE = large();

    @SuppressWarnings("NullAway.Init") // From rejectSome.
    private Path folder;

    @SuppressWarnings("NullAway.Init") // From rejectSome.
    private LoadedBridge bridge;

    @SuppressWarnings("NullAway.Init") // From rejectSome.
    private SessionClient client;

    private static byte[] large() {
        final byte[] large = new byte[18 << 20];
        Arrays.fill(large, (byte) 0xff);
        return large;
    }

    @BeforeAll
    void rejectSome(@TempDir final Path temp) throws Exception {
        folder = temp;
        bridge = new LoadedBridge(folder, Kafka.builder().property("message.max.bytes", "40000000"));
        bridge.startHiveMq(new BridgeXml()
                .cluster(
                        "cluster01",
                        bridge.kafka().bootstrapServers(),
                        "<missing-topic-timeout>1s</missing-topic-timeout>")
                .mapping("m1", "cluster01", "not-yet", "a")
                .mappingWith("m2", "cluster01", "<kafka-topic>x-{client-id}</kafka-topic>", "b"));
        client = new SessionClient("has a space", 5, bridge.hivemq().mqttPort());
        client.publish("a", 1, "one".getBytes(StandardCharsets.UTF_8)).get();
        client.publish("a", 1, new byte[] {(byte) 0xff}).get();
        client.publish("a", 1, LARGE).get();
        client.publish("b", 1, "two".getBytes(StandardCharsets.UTF_8)).get();
    }

    @AfterAll
    void close() {
        client.close();
        bridge.close();
    }

    /** As it lies in HiveMQ's folder: it finds the data by itself. */
    private JarProcess rejected(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("rejected"));
        all.addAll(List.of(arguments));
        final Path jar = folder.resolve("hivemq/extensions/hivemq-kafka-bridge")
                .resolve(Artifacts.bridgeJar().getFileName().toString());
        return JarProcess.start(folder, jar, all.toArray(String[]::new));
    }

    private String config() {
        return folder.resolve("hivemq/extensions/hivemq-kafka-bridge/conf/config.xml")
                .toString();
    }

    @Test
    @Order(1)
    void list_countsByTopicAndReason() {
        try (JarProcess list = rejected("list")) {
            assertThat(list.exitCode()).as(list.errors()).isZero();
            assertThat(list.output())
                    .contains(
                            "Kafka cluster cluster01, in ",
                            "  3 x not-yet: Unknown",
                            "  1 x x-has a space: ",
                            "4 rejected records.");
            assertThat(list.errors()).isEmpty();
        }
    }

    @Test
    @Order(1)
    void show_andExport_tellEverything() throws Exception {
        try (JarProcess show = rejected("show", "--kafka-topic", "not-yet");
                JarProcess export = rejected(
                        "export",
                        "--reason",
                        "comes out as",
                        "--to",
                        folder.resolve("out").toString())) {
            assertThat(show.exitCode()).isZero();
            assertThat(show.output())
                    .contains(
                            "    Kafka topic: not-yet\n",
                            "    key: a\n",
                            "    value: one\n",
                            "    value: base64 /w==\n")
                    .doesNotContain("two");
            assertThat(export.exitCode()).isZero();
            assertThat(Files.readAllLines(folder.resolve("out")))
                    .singleElement()
                    .asString()
                    .contains("\"value\":\"two\"");
        }
    }

    @Test
    @Order(2)
    void retry_whileTheCauseLasts_leavesAllWhereItIs() {
        try (JarProcess retry = rejected("retry", config())) {
            assertThat(retry.exitCode()).isEqualTo(1);
            assertThat(retry.output()).contains("Kafka cluster cluster01: 0 records sent, 3 refused again.");
            assertThat(retry.errors()).contains("no mapping could make them fit for Kafka: 1 record.");
        }
        try (JarProcess list = rejected("list")) {
            assertThat(list.exitCode()).isZero();
            assertThat(list.output()).contains("4 rejected records.");
        }
    }

    @Test
    @Order(3)
    void retry_onceTheCauseIsMended_sendsThem() {
        // Given
        bridge.kafka().createTopic("not-yet", 1);

        // When
        try (JarProcess retry = rejected("retry", config(), "--kafka-topic", "not-yet")) {

            // Then
            assertThat(retry.exitCode()).as(retry.errors()).isZero();
            assertThat(retry.output()).contains("3 records sent, 0 refused again.");
        }
        final List<ConsumerRecord<byte[], byte[]>> records = Topics.read(bridge.kafka(), "not-yet");
        assertThat(records).hasSize(3);
        assertThat(records.get(2).value()).isEqualTo(LARGE);
        assertThat(records.get(0).value()).asString().isEqualTo("one");
        assertThat(records.get(0).key()).asString().isEqualTo("a");
        assertThat(records.get(0).headers().lastHeader("mqtt.client-id").value())
                .asString()
                .isEqualTo("has a space");
        assertThat(records.get(1).value()).containsExactly(0xff);
    }

    @Test
    @Order(4)
    void retry_toAnotherTopic_sendsWhatIsLeft_andTheBridgeGoesOn() throws Exception {
        // When
        try (JarProcess retry = rejected("retry", config(), "--to-topic", "load")) {

            // Then
            assertThat(retry.exitCode()).as(retry.errors()).isZero();
        }
        assertThat(Topics.values(bridge.kafka(), "load")).containsExactly("two");
        client.publish("b", 1, "three".getBytes(StandardCharsets.UTF_8)).get();
        try (JarProcess list = rejected("list")) {
            assertThat(list.exitCode()).isZero();
            assertThat(list.output()).contains("1 rejected record.");
        }
    }
}
