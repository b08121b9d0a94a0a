package io.kafkabridge.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.HiveMqBuilder;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever dies, what was acknowledged is in Kafka, in order. */
class OutageIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Kafka kafka;

    @SuppressWarnings("NullAway.Init") // Each test starts its own.
    private HiveMq hivemq;

    private final Ledger ledger = new Ledger();
    private List<LoadClient> clients = List.of();

    @BeforeEach
    void start() {
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .property("auto.create.topics.enable", "false")
                .start();
        kafka.createTopic("load", 1);
    }

    @AfterEach
    void stop() {
        clients.forEach(LoadClient::close);
        hivemq.close();
        kafka.close();
    }

    @Test
    void kafkaKilledUnderLoad_losesNothing() {
        // Given
        startHiveMq("<delivery-timeout>3s</delivery-timeout>");
        startClients();
        for (int i = 0; i < 3; i++) {
            awaitProgress();

            // When
            kafka.kill();
            awaitDisconnects();
            kafka.start();
        }

        // Then
        verify();
    }

    @Test
    void kafkaPausedUnderLoad_losesNothing() {
        // Given
        startHiveMq("<delivery-timeout>3s</delivery-timeout>");
        startClients();
        awaitProgress();

        // When
        kafka.pause();
        awaitDisconnects();
        kafka.resume();

        // Then
        verify();
    }

    @Test
    void hivemqKilledUnderLoad_losesNothing() {
        // Given
        startHiveMq("");
        startClients();
        for (int i = 0; i < 3; i++) {
            awaitProgress();

            // When
            hivemq.kill();
            hivemq.start();
        }

        // Then
        verify();
    }

    @Test
    void hivemqStoppedUnderLoad_losesNothing() {
        // Given
        startHiveMq("");
        startClients();
        awaitProgress();

        // When
        hivemq.stop();
        hivemq.start();

        // Then
        verify();
    }

    @Test
    void kafkaAwayAtStart_isJoinedWhenItComes() {
        // Given
        kafka.kill();
        startHiveMq("<delivery-timeout>3s</delivery-timeout>");
        startClients();
        hivemq.awaitLog("Kafka cluster 'cluster01' takes no records for load since .* No broker answers", LIMIT);

        // When
        kafka.start();

        // Then
        awaitProgress();
        hivemq.awaitLog("Kafka cluster 'cluster01' takes records again", LIMIT);
        verify();
    }

    @Test
    void unresolvableClusterAndMissingTopic_doNotTouchOtherMappings() {
        // Given
        startHiveMq(new BridgeXml()
                .cluster("lost", "no-such-host.invalid:9092", "<delivery-timeout>2s</delivery-timeout>")
                .cluster("cluster01", kafka.bootstrapServers(), "<delivery-timeout>2s</delivery-timeout>")
                .mapping("lost", "lost", "load", "lost")
                .mapping("missing", "cluster01", "no-such-topic", "missing")
                .mapping("load", "cluster01", "load", "load/#")
                .toString());

        // When
        startClients();
        awaitProgress();

        // Then
        hivemq.awaitLog("Kafka cluster 'lost' takes no records for load .*UnknownHostException", LIMIT);
        hivemq.awaitLog(
                "Kafka cluster 'cluster01' takes no records for no-such-topic .*UnknownTopicOrPartition", LIMIT);
        assertThat(clients).allMatch(client -> client.connects() == 1);
        verify();
    }

    private void startHiveMq(final String more) {
        startHiveMq(
                more.startsWith("<?xml")
                        ? hivemqBuilder(more)
                        : hivemqBuilder(new BridgeXml()
                                .cluster("cluster01", kafka.bootstrapServers(), more)
                                .mapping("load", "cluster01", "load", "load/#")
                                .toString()));
    }

    private HiveMqBuilder hivemqBuilder(final String xml) {
        return HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml);
    }

    private void startHiveMq(final HiveMqBuilder builder) {
        hivemq = builder.start();
    }

    private void startClients() {
        clients = Stream.of("3-1", "3-2", "5-1", "5-2")
                .map(name -> LoadClient.start(
                        "mqtt" + name, name.charAt(0) - '0', name.charAt(2) - '0', hivemq.mqttPort(), ledger))
                .toList();
    }

    private void awaitProgress() {
        final List<Integer> before =
                clients.stream().map(LoadClient::acknowledged).toList();
        await().atMost(LIMIT).until(() -> Stream.iterate(0, i -> i + 1)
                .limit(clients.size())
                .allMatch(i -> clients.get(i).acknowledged() > before.get(i) + 200));
    }

    /** Waits until every client was disconnected for want of Kafka and is back. */
    private void awaitDisconnects() {
        final List<Integer> before = clients.stream().map(LoadClient::connects).toList();
        await().atMost(LIMIT).until(() -> Stream.iterate(0, i -> i + 1)
                .limit(clients.size())
                .allMatch(i -> clients.get(i).connects() > before.get(i)));
    }

    private void verify() {
        clients.forEach(LoadClient::finish);
        assertThat(ledger.size()).isPositive();
        ledger.verify(Topics.values(kafka, "load"));
    }
}
