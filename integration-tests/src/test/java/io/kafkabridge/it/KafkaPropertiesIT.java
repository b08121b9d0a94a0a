package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Settings of kafka-clients, seen from Kafka's side. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaPropertiesIT {

    private static final String PASSWORD = "S3cret \"of\" jaas";
    private static final int SIZE = 100_000;

    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void start(@TempDir final Path folder) {
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.PLAINTEXT)
                .listener(SecurityProtocol.SASL_PLAINTEXT)
                .user("bridge", PASSWORD)
                .start();
        final BridgeXml xml = new BridgeXml();
        way(xml, "plain", SecurityProtocol.PLAINTEXT, "");
        way(xml, "zstd", SecurityProtocol.PLAINTEXT, property("compression.type", "zstd") + property("linger.ms", "5"));
        way(
                xml,
                "jaas",
                SecurityProtocol.SASL_PLAINTEXT,
                property("sasl.mechanism", "SCRAM-SHA-512")
                        + property(
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                        + " username=\"bridge\" password=\"${ENV:JAAS_PASSWORD}\";"));
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml.toString())
                .env("JAAS_PASSWORD", PASSWORD.replace("\"", "\\\""))
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    /** The MQTT topic, the mapping, the cluster and the Kafka topic have the same name. */
    private void way(final BridgeXml xml, final String name, final SecurityProtocol protocol, final String properties) {
        kafka.createTopic(name, 1);
        xml.cluster(name, kafka.bootstrapServers(protocol), "<kafka-properties>" + properties + "</kafka-properties>")
                .mapping(name, name, name, name);
    }

    private static String property(final String name, final String value) {
        return "<property><name>" + name + "</name><value>" + value + "</value></property>";
    }

    @Test
    void compression_isThatOfTheBatchesInKafka() throws Exception {
        // When
        publish("plain", "a".repeat(SIZE));
        publish("zstd", "a".repeat(SIZE));

        // Then: by way of the spool, if the brokers took too long to answer
        await().atMost(LoadedBridge.LIMIT).untilAsserted(() -> {
            assertThat(Topics.values(kafka, "plain")).containsExactly("a".repeat(SIZE));
            assertThat(Topics.values(kafka, "zstd")).containsExactly("a".repeat(SIZE));
        });
        assertThat(bytes("plain")).isGreaterThan(SIZE);
        assertThat(bytes("zstd")).isBetween(1L, SIZE / 10L);
    }

    @Test
    void saslMechanism_takesTheOperatorsJaasLine() {
        // When
        publish("jaas", "let in");

        // Then
        await().atMost(LoadedBridge.LIMIT)
                .untilAsserted(() -> assertThat(Topics.values(kafka, "jaas")).containsExactly("let in"));
        assertThat(hivemq.log()).doesNotContain("S3cret");
    }

    /** What a topic's partition takes on Kafka's disk. */
    private long bytes(final String topic) throws Exception {
        try (Admin admin = kafka.admin()) {
            return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .map(folder -> folder.replicaInfos().entrySet())
                    .flatMap(replicas -> replicas.stream())
                    .filter(replica -> replica.getKey().equals(new TopicPartition(topic, 0)))
                    .map(Map.Entry::getValue)
                    .mapToLong(replica -> replica.size())
                    .sum();
        }
    }

    private void publish(final String topic, final String message) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish(topic, 1, false, message.getBytes(StandardCharsets.UTF_8));
        }
    }
}
