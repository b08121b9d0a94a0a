package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** More than Kafka takes, with a small HiveMQ: memory and disk stay bounded, and whoever isn't concerned goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackpressureIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        kafka.createTopic("flood", 1);
        kafka.createTopic("fine", 1);
        try (Admin admin = kafka.admin()) {
            final NewTopic small = new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "1000"));
            admin.createTopics(List.of(small)).all().get();
        }
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .jvmOption("-Xmx192m")
                .jvmOption("-XX:+ExitOnOutOfMemoryError")
                .extension(Artifacts.bridgeZip())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        new BridgeXml()
                                .cluster("cluster01", kafka.bootstrapServers(), """
                                        <delivery-timeout>3s</delivery-timeout>
                                        <max-in-flight>4MiB</max-in-flight>
                                        <max-rejected>1500KiB</max-rejected>
                                        <spool><max-size>64MiB</max-size></spool>
                                        """)
                                .mapping("flood", "cluster01", "flood", "flood")
                                .mapping("fine", "cluster01", "fine", "fine")
                                .mapping("small", "cluster01", "small", "small")
                                .toString())
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    @Test
    void qos0Flood_whileKafkaHangs_isBoundedAndForwardingGoesOnAfterwards() {
        // Given
        final int messages = 3_000;
        final int size = 100_000;
        publish("flood", "000000 before");
        kafka.pause();

        // When
        try (MqttClients client = Version.MQTT_3_1_1.connect(hivemq.mqttPort())) {
            for (int i = 1; i <= messages; i++) {
                client.publish("flood", 0, false, bytes("%06d".formatted(i) + " ".repeat(size)));
            }
        }
        kafka.resume();

        // Then: some of the flood, in order; what was under way when Kafka hung may be there twice
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(MqttSessionExpiredException.class)
                .until(() -> publish("flood", "999999 after"));
        await().atMost(LIMIT).until(() -> numbersInKafka().contains("999999"));
        assertThat(numbersInKafka()).startsWith("000000").isSorted().hasSizeLessThan(messages);
        assertThat(hivemq.isRunning()).isTrue();
        assertThat(hivemq.log()).doesNotContain("OutOfMemory", "met an unexpected error");
    }

    @Test
    void rejectedRecords_thatHaveNoRoomOnTheDisk_areNotAcknowledgedUntilThereIs() throws IOException {
        // Given: a folder of rejected records that is full
        final String tooLarge = "x".repeat(600_000);
        publish("small", "1" + tooLarge);
        publish("small", "2" + tooLarge);

        // When
        final CompletableFuture<?> qos2 = publishForEver("small", "3" + tooLarge);

        // Then
        assertThatThrownBy(() -> publish("small", "4" + tooLarge)).isInstanceOf(MqttSessionExpiredException.class);
        publish("small", "fits");
        publish("fine", "as ever");
        assertThat(qos2).isNotDone();

        // When: the operator makes room
        for (final Path file : rejected()) {
            Files.move(file, hivemq.home().resolve("data").resolve(file.getFileName()));
        }

        // Then
        await().atMost(LIMIT).until(qos2::isDone);
        assertThat(qos2).isCompleted();
        assertThat(Files.readString(rejected().get(0)))
                .contains("\"value\":\"3xxxx")
                .doesNotContain("\"value\":\"1x");
        assertThat(Topics.values(kafka, "small")).containsExactly("fits");
    }

    private List<String> numbersInKafka() {
        final Set<String> numbers = new LinkedHashSet<>();
        Topics.forEach(kafka, "flood", record -> numbers.add(new String(record.value(), 0, 6, StandardCharsets.UTF_8)));
        return List.copyOf(numbers);
    }

    private List<Path> rejected() throws IOException {
        try (Stream<Path> files = Files.list(hivemq.home().resolve("data/hivemq-kafka-bridge/rejected/cluster01"))) {
            return files.toList();
        }
    }

    private boolean publish(final String topic, final String message) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish(topic, 1, false, bytes(message));
            return true;
        }
    }

    /** Publishes with QoS 2 and sends again until the broker has acknowledged. */
    private CompletableFuture<?> publishForEver(final String topic, final String message) {
        final Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("patient")
                .serverHost("127.0.0.1")
                .serverPort(hivemq.mqttPort())
                .automaticReconnect()
                .initialDelay(100, TimeUnit.MILLISECONDS)
                .maxDelay(500, TimeUnit.MILLISECONDS)
                .applyAutomaticReconnect()
                .buildAsync();
        client.connectWith().noSessionExpiry().send().join();
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.EXACTLY_ONCE)
                .payload(bytes(message))
                .send()
                .thenCompose(result -> client.disconnect());
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
