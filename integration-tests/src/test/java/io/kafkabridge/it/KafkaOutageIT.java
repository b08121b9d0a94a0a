package io.kafkabridge.it;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** Kafka dies, hangs or isn't there yet: clients notice nothing but a pause, and Kafka gets everything when it is back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaOutageIT {

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
    void kafkaKilledUnderLoad_isNoticedByNobodyAndLosesNothing() {
        // Given
        bridge.startClients();
        for (int i = 0; i < Faults.KILLS; i++) {
            bridge.load().awaitProgress();

            // When
            bridge.kafka().kill();

            // Then
            bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
            if (i % 2 == 0) {
                bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);
            } else {
                bridge.kafka().start(); // and is killed while it gets the spool
            }
        }
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void kafkaPausedUnderLoad_isNoticedByNobodyAndLosesNothing() {
        // Given
        bridge.startClients();
        bridge.load().awaitProgress();

        // When
        bridge.awaitLog(bridge.kafka()::pause, LoadedBridge.AWAY);
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
        Faults.last(Faults.PAUSE);
        bridge.awaitLog(bridge.kafka()::resume, LoadedBridge.BACK);

        // Then
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void kafkaAwayAtStart_isNoticedByNobodyAndGetsEverythingWhenItComes() {
        // Given
        bridge.hivemq().stop();
        bridge.kafka().kill();

        // When
        bridge.hivemq().start();
        bridge.startClients();

        // Then
        bridge.load().awaitAnswers(Duration.ofSeconds(12));
        bridge.load().awaitProgress();
        bridge.hivemq().awaitLog(LoadedBridge.AWAY + ".*No broker answers", LoadedBridge.LIMIT);

        // When
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);

        // Then
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void kafkaAndHivemqKilledAtOnce_loseNothing() {
        // Given
        bridge.startClients();
        for (int i = 0; i < Faults.KILLS; i++) {
            bridge.load().awaitProgress();

            // When
            bridge.kafka().kill();
            bridge.hivemq().kill();
            if (i % 2 == 0) {
                bridge.kafka().start();
                bridge.hivemq().start();
            } else {
                bridge.hivemq().start();
                bridge.load().awaitProgress();
                bridge.kafka().start();
            }
        }

        // Then
        bridge.verify();
    }
}
