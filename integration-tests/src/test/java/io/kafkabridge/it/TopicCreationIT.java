package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Kafka topics that don't exist yet, on brokers that would create them with one partition. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicCreationIT {

    @SuppressWarnings("NullAway.Init") // From start.
    private LoadedBridge bridge;

    @SuppressWarnings("NullAway.Init") // From start.
    private SessionClient client;

    @BeforeAll
    void start(@TempDir final Path folder) {
        bridge = new LoadedBridge(
                folder,
                Kafka.builder()
                        .folder(folder.resolve("kafka"))
                        .property("auto.create.topics.enable", "true")
                        .start());
        bridge.kafka().createTopic("plain", 1);
        bridge.startHiveMq(new BridgeXml()
                .cluster(
                        "cluster01",
                        bridge.kafka().bootstrapServers(),
                        "<delivery-timeout>2s</delivery-timeout><missing-topic-timeout>2s</missing-topic-timeout>")
                .mappingWith("made", "cluster01", """
                        <kafka-topic>made-{topic[1]}</kafka-topic>
                        <topic-creation><partitions>6</partitions><replication-factor>1</replication-factor></topic-creation>
                        """, "made/+")
                .mappingWith("fixed", "cluster01", """
                        <kafka-topic>fixed</kafka-topic><topic-creation><partitions>4</partitions></topic-creation>
                        """, "fixed")
                .mappingWith("impossible", "cluster01", """
                        <kafka-topic>impossible</kafka-topic>
                        <topic-creation><replication-factor>3</replication-factor></topic-creation>
                        """, "impossible")
                .mapping("plain", "cluster01", "plain", "plain"));
        client = new SessionClient("creator", 5, bridge.hivemq().mqttPort());
    }

    @AfterAll
    void close() {
        client.close();
        bridge.close();
    }

    private CompletableFuture<?> publish(final String topic, final String payload) {
        return client.publish(topic, 1, payload.getBytes(StandardCharsets.UTF_8));
    }

    private int partitions(final String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = bridge.kafka().admin()) {
            return Objects.requireNonNull(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic))
                    .partitions()
                    .size();
        }
    }

    /** Waits: what is acknowledged just after an outage may still be in the spool. */
    private void awaitValue(final String topic, final String value) {
        await().atMost(LoadedBridge.LIMIT).ignoreExceptions().untilAsserted(() -> assertThat(
                        Topics.values(bridge.kafka(), topic))
                .containsOnlyOnce(value));
    }

    @Test
    void missingTopics_areCreatedAsTheMappingSays() throws Exception {
        // When
        publish("made/a", "1").get();
        publish("made/b", "2").get();
        publish("fixed", "3").get();

        // Then
        awaitValue("made-a", "1");
        awaitValue("made-b", "2");
        awaitValue("fixed", "3");
        assertThat(List.of(partitions("made-a"), partitions("made-b"), partitions("fixed")))
                .containsExactly(6, 6, 4);
        assertThat(bridge.hivemq().log()).contains("Created the topic 'made-a' of Kafka cluster 'cluster01'.");
    }

    @Test
    void topicThatCanNotBeCreated_holdsUpNoOther_andItsRecordsAreKept() throws Exception {
        // When
        final CompletableFuture<?> impossible = publish("impossible", "never");
        publish("plain", "other").get();

        // Then
        impossible.get();
        awaitValue("plain", "other");
        assertThat(rejected())
                .contains(
                        "\"topic\":\"impossible\"",
                        "the topic impossible doesn't exist, and can't be created: ",
                        "\"value\":\"never\"");
    }

    @Test
    void topicOfASpooledRecord_isCreatedWhenKafkaIsBack() throws Exception {
        // Given
        bridge.awaitLog(
                () -> {
                    bridge.kafka().kill();
                    publish("plain", "while Kafka is away").join();
                },
                LoadedBridge.AWAY);
        publish("made/c", "spooled").get();

        // When
        bridge.awaitLog(bridge.kafka()::start, "Kafka cluster 'cluster01' is back");

        // Then
        awaitValue("made-c", "spooled");
        assertThat(partitions("made-c")).isEqualTo(6);
    }

    private String rejected() throws IOException {
        final StringBuilder lines = new StringBuilder();
        for (final Path file : bridge.files("rejected")) {
            lines.append(Files.readString(file));
        }
        return lines.toString();
    }
}
