package io.kafkabridge.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** HiveMQ dies or is stopped: what it has acknowledged is in Kafka or on its disk, in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiveMqOutageIT {

    /** HiveMQ's process gets 30 seconds before it is killed. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

    private LoadedBridge bridge;

    @BeforeAll
    void start(@TempDir final Path folder) {
        bridge = new LoadedBridge(folder, Kafka.builder()).startHiveMq("");
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
    void hivemqKilledUnderLoad_losesNothing() {
        // Given
        bridge.startClients();
        for (int i = 0; i < Faults.KILLS; i++) {
            bridge.load().awaitProgress();

            // When
            bridge.hivemq().kill();
            bridge.hivemq().start();
        }
        final Map<String, Integer> qos0 = bridge.load().latestOfQos0();
        bridge.load().awaitProgress();

        // Then
        bridge.verify();
        final Appearances appearances = bridge.appearances();
        assertThat(qos0).isNotEmpty().allSatisfy((source, latest) -> assertThat(
                        appearances.of(source).length())
                .as("the latest of %s", source)
                .isGreaterThan(latest));
    }

    @Test
    void hivemqStoppedUnderLoad_losesNothing() {
        // Given
        bridge.startClients();
        bridge.load().awaitProgress();

        // When
        final Duration stopping = stopHiveMq();
        bridge.hivemq().start();

        // Then
        bridge.verify();
        assertThat(stopping).isLessThan(STOP_LIMIT);
    }

    @Test
    void hivemqStoppedAndKilledWhileKafkaIsAway_keepsTheSpool() {
        // Given
        bridge.startClients();
        bridge.load().awaitProgress();
        bridge.kafka().kill();
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
        bridge.load().awaitProgress();

        // When
        final Duration stopping = stopHiveMq();
        bridge.hivemq().start();
        bridge.load().awaitProgress();
        bridge.hivemq().kill();
        bridge.hivemq().start();
        bridge.load().awaitProgress();
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);

        // Then
        bridge.verify();
        assertThat(stopping).isLessThan(STOP_LIMIT);
    }

    private Duration stopHiveMq() {
        final long start = System.nanoTime();
        bridge.hivemq().stop();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
