package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A broker that answers but has no controller can't give a producer its id, for as long as that lasts. A KafkaProducer then
 * holds its records beyond {@code delivery.timeout.ms}.
 */
class ProducerIdIT {

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(8);

    @Test
    void recordsOfAProducerWithoutAnId_goToTheSpool(@TempDir final Path folder) throws Exception {
        try (LoadedBridge bridge = new LoadedBridge(folder, Kafka.builder().nodes(3))) {
            // Given
            createOnFirstNode(bridge.kafka(), "t");
            final List<KafkaNode> others =
                    List.of(bridge.kafka().node(2), bridge.kafka().node(3));
            others.forEach(KafkaNode::pause);
            bridge.startHiveMq(new BridgeXml()
                    .cluster(
                            "cluster01",
                            bridge.kafka().bootstrapServers().split(",", -1)[0],
                            "<delivery-timeout>2s</delivery-timeout>")
                    .mapping("m", "cluster01", "t", "t"));
            try (SessionClient client =
                    new SessionClient("client", 5, bridge.hivemq().mqttPort())) {
                bridge.hivemq().awaitLog("takes records\\.", LoadedBridge.LIMIT); // It knows the topic.

                // When
                client.publish("t", 1, "held".getBytes(StandardCharsets.UTF_8))
                        .get(ACKNOWLEDGED_WITHIN.toSeconds(), TimeUnit.SECONDS);

                // Then
                bridge.hivemq().awaitLog(LoadedBridge.AWAY, LoadedBridge.LIMIT);
                others.forEach(KafkaNode::resume);
                await().atMost(LoadedBridge.LIMIT).ignoreExceptions().untilAsserted(() -> assertThat(
                                Topics.values(bridge.kafka(), "t"))
                        .containsExactly("held"));
            }
        }
    }

    private static void createOnFirstNode(final Kafka kafka, final String topic) throws Exception {
        try (Admin admin = kafka.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Map.of(0, List.of(1)))))
                    .all()
                    .get();
            await().ignoreExceptions()
                    .until(() -> Objects.requireNonNull(admin.describeTopics(List.of(topic))
                                            .allTopicNames()
                                            .get()
                                            .get(topic))
                                    .partitions()
                                    .get(0)
                                    .leader()
                                    .id()
                            == 1);
        }
    }
}
