package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Records that Kafka will never take stop nobody. */
class RejectedRecordsIT {

    @TempDir
    private Path folder;

    private Kafka kafka;

    @SuppressWarnings("NullAway.Init") // Each test starts its own.
    private HiveMq hivemq;

    @BeforeEach
    void start() {
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .property("auto.create.topics.enable", "false")
                .start();
    }

    @AfterEach
    void stop() {
        hivemq.close();
        kafka.close();
    }

    @Test
    void recordsThatKafkaRefuses_areKeptOnTheDiskAndStopNobody() throws Exception {
        // Given
        kafka.createTopic("small", 1);
        kafka.createTopic("dead", 1);
        try (Admin admin = kafka.admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "small"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "1000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        new BridgeXml()
                                .cluster(
                                        "cluster01",
                                        kafka.bootstrapServers(),
                                        "<missing-topic-timeout>2s</missing-topic-timeout>"
                                                + "<dead-letter-topic>dead</dead-letter-topic>")
                                .mapping("small", "cluster01", "small", "small")
                                .mapping("missing", "cluster01", "no-such-topic", "missing")
                                .toString())
                .start();

        // When: each returns once it is acknowledged.
        try (MqttClients client = MqttClients.Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish("small", 1, false, new byte[2000]);
            client.publish("small", 2, false, "a".repeat(2000).getBytes(StandardCharsets.UTF_8));
            client.publish("missing", 1, false, new byte[] {(byte) 0xff});
            client.publish("small", 1, false, "fits".getBytes(StandardCharsets.UTF_8));
        }

        // Then
        assertThat(Topics.values(kafka, "small")).containsExactly("fits");
        final Path rejected = hivemq.home().resolve("data/hivemq-kafka-bridge/rejected/cluster01");
        try (Stream<Path> files = Files.list(rejected)) {
            assertThat(Files.readAllLines(files.findFirst().orElseThrow()))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("RecordTooLargeException", "\"topic\":\"small\""),
                            second -> assertThat(second).contains("RecordTooLargeException", "\"value\":\"aaaa"),
                            third -> assertThat(third)
                                    .contains("UnknownTopicOrPartitionException", "\"value-base64\":\"/w==\""));
        }
        await().untilAsserted(() -> assertThat(Topics.read(kafka, "dead"))
                .satisfiesExactly(
                        first -> assertThat(header(first, "kafka-bridge.topic")).isEqualTo("small"),
                        second -> assertThat(header(second, "kafka-bridge.reason"))
                                .contains("RecordTooLargeException"),
                        third -> assertThat(third.value()).containsExactly(0xff)));
        hivemq.awaitLog(
                "Records for Kafka cluster 'cluster01' were rejected for good: 1 since the last .*kept in .*rejected",
                Duration.ofSeconds(60));
    }

    private static String header(final ConsumerRecord<byte[], byte[]> record, final String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
