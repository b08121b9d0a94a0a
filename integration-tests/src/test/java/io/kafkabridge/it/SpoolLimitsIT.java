package io.kafkabridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.it.LoadClient.Pace;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** No room for what Kafka doesn't take: nothing more is acknowledged, nothing acknowledged is lost, everything else goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpoolLimitsIT {

    private static final int MEBIBYTE = 1024 * 1024;

    /** A few seconds until the small spools of these tests are full. */
    private static final Pace FILLING = new Pace(200, 2_000);

    private LoadedBridge bridge;

    @BeforeAll
    void start(@TempDir final Path folder) {
        bridge = new LoadedBridge(folder, Kafka.builder());
    }

    @AfterEach
    void mend() {
        bridge.mend();
    }

    @AfterAll
    void stop() {
        bridge.close();
    }

    @Test
    void spoolOfMaximumSize_acknowledgesNothingMoreUntilKafkaIsBack() throws IOException {
        // Given
        bridge.startHiveMq("<spool><max-size>4MiB</max-size></spool>");

        // When
        fill();

        // Then
        long size = 0;
        for (final Path file : bridge.files("spool")) {
            size += Files.size(file);
        }
        assertThat(size).isBetween(2L * MEBIBYTE, 5L * MEBIBYTE);
        goOnWithKafka();
    }

    /** What docs/operations.md tells an operator to do. */
    @Test
    void fullSpool_thatIsGivenMoreRoom_acknowledgesAgain_whileKafkaIsStillAway() {
        // Given
        bridge.startHiveMq("<spool><max-size>4MiB</max-size></spool>");
        fill();

        // When
        bridge.reconfigure(
                new BridgeXml()
                        .cluster(
                                "cluster01",
                                bridge.kafka().bootstrapServers(),
                                "<spool><max-size>1GiB</max-size></spool>")
                        .mapping("load", "cluster01", "load", "load/#")
                        .toString(),
                "is in force. Changed cluster: cluster01");

        // Then
        bridge.load().awaitAnswers(LoadedBridge.LIMIT);
        goOnWithKafka();
    }

    /** Without a minimum the disk really is full. */
    @ParameterizedTest
    @ValueSource(strings = {"0B", "2MiB"})
    void fullDisk_acknowledgesNothingMoreUntilKafkaIsBack(final String minFree) throws IOException {
        // Given
        try (Tmpfs disk = Tmpfs.mount(bridge.data("spool"), 8)) {
            bridge.startHiveMq("<spool><min-free>" + minFree + "</min-free></spool>");

            // When
            fill();

            // Then
            assertThat(disk.free()).isLessThan(3L * MEBIBYTE);
            goOnWithKafka();
            bridge.hivemq().stop();
        }
    }

    private void fill() {
        bridge.startClients(FILLING);
        bridge.load().awaitAnswers(LoadedBridge.LIMIT);
        bridge.awaitLog(bridge.kafka()::kill, LoadedBridge.FULL);
        bridge.load().awaitReconnects();
    }

    private void goOnWithKafka() {
        assertThat(bridge.hivemq().isRunning()).isTrue();
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);
        bridge.load().awaitAnswers(LoadedBridge.LIMIT);
        bridge.verify();
    }
}
