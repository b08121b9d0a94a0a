package io.kafkabridge.it;

import java.nio.file.Path;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three Kafka nodes, of which two must have a record ({@code min.insync.replicas=2}). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasIT {

    private LoadedBridge bridge;

    @BeforeAll
    void start(@TempDir final Path folder) {
        bridge = new LoadedBridge(folder, Kafka.builder().nodes(3).cuttable().property("min.insync.replicas", "2"))
                .startHiveMq("");
    }

    @AfterEach
    void mend() {
        bridge.kafka().nodes().forEach(KafkaNode::rejoin);
        bridge.mend();
    }

    @AfterAll
    void stop() {
        bridge.close();
    }

    @Test
    void eachNodeKilledInTurn_isNoticedByNobody() {
        // Given
        final Kafka kafka = bridge.kafka();
        bridge.startClients();
        bridge.load().awaitProgress();
        for (int node = 1; node <= 3; node++) {
            // When
            kafka.node(node).kill();
            bridge.load().awaitProgress();
            kafka.start();
        }

        // Then
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void twoOfThreeNodesKilled_isNoticedByNobodyAndLosesNothing() {
        // Given
        bridge.startClients();
        bridge.load().awaitProgress();

        // When
        bridge.kafka().node(2).kill();
        bridge.kafka().node(3).kill();

        // Then
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
        bridge.load().awaitProgress();

        // When
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);

        // Then
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    /** The node still takes records; but those that it can't replicate it doesn't acknowledge. */
    @Test
    void eachNodeCutOffFromTheOthers_isNoticedByNobodyAndLosesNothing() {
        // Given
        bridge.startClients();
        bridge.load().awaitProgress();
        for (final KafkaNode node : bridge.kafka().nodes()) {
            // When
            bridge.awaitLog(node::cutOff, LoadedBridge.AWAY);

            // Then
            bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
            bridge.awaitLog(node::rejoin, LoadedBridge.BACK);
        }
        bridge.kafka().awaitComplete();
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void topicDeletedAndMadeAgainUnderLoad_getsWhatIsPublishedFromThenOn() throws Exception {
        // Given
        bridge.startClients();
        bridge.load().awaitProgress();

        // When
        try (Admin admin = bridge.kafka().admin()) {
            admin.deleteTopics(List.of("load")).all().get();
            await().atMost(LoadedBridge.LIMIT)
                    .until(() -> !admin.listTopics().names().get().contains("load"));
        }
        bridge.createTopic();
        bridge.load().startNewLedger();

        // Then: what was acknowledged before went with the old topic, or came late into the new one
        bridge.load().awaitProgress();
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }
}
