package io.kafkabridge.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three Kafka nodes, of which two must have a record ({@code min.insync.replicas=2}). */
class ReplicasIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Kafka kafka;
    private HiveMq hivemq;
    private final Ledger ledger = new Ledger();
    private final List<LoadClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .nodes(3)
                .property("min.insync.replicas", "2")
                .property("auto.create.topics.enable", "false")
                .start();
        kafka.createTopic("load", 1);
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        BridgeXml.single(kafka.bootstrapServers(), "load/#", "load"))
                .start();
        for (final String name : List.of("3-1", "3-2", "5-1", "5-2")) {
            clients.add(LoadClient.start(
                    "mqtt" + name, name.charAt(0) - '0', name.charAt(2) - '0', hivemq.mqttPort(), ledger));
        }
        awaitProgress();
    }

    @AfterEach
    void stop() {
        clients.forEach(LoadClient::close);
        hivemq.close();
        kafka.close();
    }

    @Test
    void eachNodeKilledInTurn_isNoticedByNobody() {
        for (int node = 1; node <= 3; node++) {
            // When
            kafka.node(node).kill();
            awaitProgress();
            kafka.start();
            kafka.awaitComplete();
        }

        // Then
        assertThat(clients).allMatch(client -> client.connects() == 1);
        verify();
    }

    @Test
    void topicDeletedAndMadeAgain_isFollowed() throws Exception {
        // Given
        clients.forEach(LoadClient::finish);
        ledger.verify(Topics.values(kafka, "load"));

        // When
        try (Admin admin = kafka.admin()) {
            admin.deleteTopics(List.of("load")).all().get();
            await().atMost(LIMIT).until(() -> !admin.listTopics().names().get().contains("load"));
        }
        kafka.createTopic("load", 1);
        final Ledger second = new Ledger();
        clients.add(LoadClient.start("later", 5, 1, hivemq.mqttPort(), second));
        awaitProgressOf(clients.subList(clients.size() - 1, clients.size()));
        clients.get(clients.size() - 1).finish();

        // Then
        second.verify(Topics.values(kafka, "load"));
    }

    private void awaitProgress() {
        awaitProgressOf(clients);
    }

    private void awaitProgressOf(final List<LoadClient> some) {
        final List<Integer> before = some.stream().map(LoadClient::acknowledged).toList();
        await().atMost(LIMIT).until(() -> {
            for (int i = 0; i < some.size(); i++) {
                if (some.get(i).acknowledged() <= before.get(i) + 200) {
                    return false;
                }
            }
            return true;
        });
    }

    private void verify() {
        clients.forEach(LoadClient::finish);
        assertThat(ledger.size()).isPositive();
        ledger.verify(Topics.values(kafka, "load"));
    }
}
