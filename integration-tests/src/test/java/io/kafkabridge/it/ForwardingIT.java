package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What gets from MQTT to Kafka while all is well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingIT {

    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void start(@TempDir final Path folder) {
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        Stream.of("combinations", "many", "plus", "hash", "both", "also", "system", "dollar")
                .forEach(topic -> kafka.createTopic(topic, 1));
        final BridgeXml xml = new BridgeXml()
                .cluster("cluster01", kafka.bootstrapServers(), "")
                .mapping("combinations", "cluster01", "combinations", "combinations/#")
                .mapping("many", "cluster01", "many", "many")
                .mapping("plus", "cluster01", "plus", "plant/+/temp")
                .mapping("hash", "cluster01", "hash", "tree/#")
                .mapping("both", "cluster01", "both", "twice/#", "twice/+")
                .mapping("also", "cluster01", "also", "twice/once")
                .mapping("system", "cluster01", "system", "#")
                .mapping("dollar", "cluster01", "dollar", "$vendor/#");
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml.toString())
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    static Stream<Arguments> combinations() {
        return Stream.of(Version.values())
                .flatMap(version -> IntStream.rangeClosed(0, 2).mapToObj(qos -> Arguments.of(version, qos)));
    }

    @ParameterizedTest(name = "{0}, QoS {1}")
    @MethodSource("combinations")
    void publish_ofAnyVersionAndQos_isARecordWithTopicAndPayload(final Version version, final int qos) {
        // Given
        final String topic = "combinations/" + version + "/" + qos;
        final byte[] binary = new byte[5_000];
        new Random(qos).nextBytes(binary);

        // When
        try (MqttClients client = version.connect(hivemq.mqttPort())) {
            client.publish(topic, qos, false, "Olá".getBytes(StandardCharsets.UTF_8));
            client.publish(topic, qos, true, binary);
            client.publish(topic, qos, false, new byte[0]);
        }

        // Then
        await().untilAsserted(() -> assertThat(recordsOf("combinations", topic))
                .extracting(ConsumerRecord::value)
                .containsExactly("Olá".getBytes(StandardCharsets.UTF_8), binary, new byte[0]));
    }

    @Test
    void publish_ofOneMegabyte_arrivesWhole() {
        // Given
        final byte[] large = new byte[1_000_000];
        new Random(1).nextBytes(large);

        // When
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish("combinations/large", 1, false, large);
        }

        // Then
        assertThat(recordsOf("combinations", "combinations/large"))
                .extracting(ConsumerRecord::value)
                .containsExactly(large);
    }

    @Test
    void qos1Publish_whenAcknowledged_isInKafkaAlready() {
        // When
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort());
                Admin admin = kafka.admin()) {
            IntStream.range(0, 50).forEach(i -> {
                client.publish("many", 1, false, Integer.toString(i).getBytes(StandardCharsets.UTF_8));

                // Then, without waiting
                assertThat(Topics.size(admin, "many")).isEqualTo(i + 1);
            });
        }
        assertThat(Topics.values(kafka, "many"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(Integer::toString).toList());
    }

    @Test
    void topicFilters_matchAsMqttSays() {
        // When
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            Stream.of("plant/7/temp", "plant/temp", "plant/7/8/temp", "plant//temp", "tree", "tree/a/b", "trees")
                    .forEach(topic -> client.publish(topic, 1, false, new byte[] {1}));
        }

        // Then
        assertThat(Topics.keys(kafka, "plus")).containsExactly("plant/7/temp", "plant//temp");
        assertThat(Topics.keys(kafka, "hash")).containsExactly("tree", "tree/a/b");
        assertThat(Topics.keys(kafka, "system")).contains("trees");
    }

    @Test
    void publishToADollarTopic_whichHiveMqCeRefuses_isNotInKafka() {
        // When
        final MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort());
        assertThatThrownBy(() -> client.publish("$vendor/x", 1, false, new byte[] {1}))
                .isInstanceOf(MqttSessionExpiredException.class);

        // Then
        try (MqttClients other = Version.MQTT_5.connect(hivemq.mqttPort())) {
            other.publish("after", 1, false, new byte[] {1});
        }
        assertThat(Topics.keys(kafka, "system")).contains("after").doesNotContain("$vendor/x");
        assertThat(Topics.keys(kafka, "dollar")).isEmpty();
    }

    @Test
    void publish_thatMatchesSeveralMappings_isARecordForEach() {
        // When
        try (MqttClients client = Version.MQTT_3_1_1.connect(hivemq.mqttPort())) {
            client.publish("twice/once", 2, false, new byte[] {1});
        }

        // Then
        assertThat(Topics.keys(kafka, "both")).containsExactly("twice/once");
        assertThat(Topics.keys(kafka, "also")).containsExactly("twice/once");
    }

    private List<ConsumerRecord<byte[], byte[]>> recordsOf(final String kafkaTopic, final String key) {
        return Topics.read(kafka, kafkaTopic).stream()
                .filter(record -> key.equals(new String(record.key(), StandardCharsets.UTF_8)))
                .toList();
    }
}
