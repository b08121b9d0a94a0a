package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.LoadClient.Pace;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** A configuration that changes while messages flow: what is acknowledged is in Kafka, once and in order. */
class ReloadIT {

    /** As fast as the acknowledgements come; a faster QoS 0 would fill HiveMQ's own queues. */
    private static final Pace FULL_SPEED = new Pace(3_000, 0);

    private static final String IN_FORCE = "The configuration has changed and is in force\\. ";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Every test starts its own.
    private LoadedBridge bridge;

    @AfterEach
    void close() {
        bridge.close();
    }

    private BridgeXml xml(final String settings) {
        return new BridgeXml()
                .cluster("cluster01", bridge.kafka().bootstrapServers(), settings)
                .mapping("load", "cluster01", "load", "load/#");
    }

    private void start(final String settings) {
        bridge = new LoadedBridge(folder, Kafka.builder());
        bridge.startHiveMq(xml(settings));
    }

    @Test
    void reloadsUnderFullLoad_loseRepeatAndReorderNothing() {
        // Given
        start("<delivery-timeout>30s</delivery-timeout>");
        bridge.kafka().createTopic("other", 1);
        bridge.startClients(FULL_SPEED);
        bridge.load().awaitProgress();

        for (int round = 0; round < 5; round++) {
            // When the cluster changes
            bridge.reconfigure(
                    xml("<delivery-timeout>%ds</delivery-timeout>".formatted(31 + round))
                            .toString(),
                    IN_FORCE + "Changed cluster: cluster01\\.");
            bridge.load().awaitProgress();

            // When a mapping and a cluster are added
            bridge.reconfigure(
                    xml("<delivery-timeout>%ds</delivery-timeout>".formatted(31 + round))
                            .cluster("second", bridge.kafka().bootstrapServers(), "")
                            .mapping("also", "second", "other", "load/+")
                            .toString(),
                    IN_FORCE + "New cluster: second\\. New mapping: also\\.");
            bridge.load().awaitProgress();

            // When they go
            bridge.reconfigure(
                    xml("<delivery-timeout>%ds</delivery-timeout>".formatted(31 + round))
                            .toString(),
                    IN_FORCE + "Removed cluster: second\\. Removed mapping: also\\.");
            bridge.load().awaitProgress();
        }

        // Then
        bridge.verify();
        assertThat(bridge.repeats()).isZero();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void brokenFile_changesNothing_andSaysSo() {
        // Given
        start("");
        bridge.startClients();
        bridge.load().awaitProgress();

        // When
        bridge.reconfigure(
                xml("").toString().replace("kafka-topic", "kafka-topc"),
                "The changed configuration has 2 problems, so that the one before stays in force\\. Mend it; .*:"
                        + "(?s).*kafka-topc: there is no such element; did you mean <kafka-topic>");

        // Then
        bridge.load().awaitProgress();

        // When it is mended
        bridge.reconfigure(xml("").toString(), "config\\.xml was written again and says the same");
        bridge.load().awaitProgress();

        // Then
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void wrongAddress_isMended_andWhatWasSpooledGetsThere() {
        // Given
        bridge = new LoadedBridge(folder, Kafka.builder());
        bridge.startHiveMq(
                new BridgeXml().cluster("cluster01", "127.0.0.1:1", "").mapping("load", "cluster01", "load", "load/#"));
        bridge.startClients();
        bridge.load().awaitProgress();

        // When
        bridge.reconfigure(xml("").toString(), IN_FORCE + "Changed cluster: cluster01\\.");

        // Then
        bridge.load().awaitProgress();
        bridge.hivemq().awaitLog(LoadedBridge.BACK, LoadedBridge.LIMIT);
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void connectedClient_followsTheNewMapping() throws Exception {
        // Given
        start("");
        bridge.kafka().createTopic("new", 1);
        try (SessionClient client =
                new SessionClient("client", 5, bridge.hivemq().mqttPort())) {
            client.publish("somewhere", 1, bytes("before")).get();

            // When
            bridge.reconfigure(
                    xml("").mapping("new", "cluster01", "new", "somewhere").toString(),
                    IN_FORCE + "New mapping: new\\.");
            client.publish("somewhere", 1, bytes("after")).get();

            // Then
            assertThat(Topics.values(bridge.kafka(), "new")).containsExactly("after");

            // When
            bridge.reconfigure(xml("").toString(), IN_FORCE + "Removed mapping: new\\.");
            client.publish("somewhere", 1, bytes("too late")).get();

            // Then
            assertThat(Topics.values(bridge.kafka(), "new")).containsExactly("after");
        }
    }

    @Test
    void reloadWhileKafkaIsAway_keepsWhatIsSpooled() {
        // Given
        start("<delivery-timeout>1s</delivery-timeout>");
        bridge.startClients();
        bridge.load().awaitProgress();
        bridge.awaitLog(bridge.kafka()::kill, LoadedBridge.AWAY);
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);

        // When
        bridge.reconfigure(
                xml("<delivery-timeout>2s</delivery-timeout>").toString(), IN_FORCE + "Changed cluster: cluster01\\.");
        bridge.load().awaitAnswers(Duration.ofSeconds(15));
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);

        // Then
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
