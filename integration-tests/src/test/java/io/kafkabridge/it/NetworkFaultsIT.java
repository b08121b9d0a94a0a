package io.kafkabridge.it;

import java.nio.file.Path;

import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.LoadClient.Pace;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;
import io.kafkabridge.stack.TcpProxy;

import static org.assertj.core.api.Assertions.assertThat;

/** A bad network between the bridge and Kafka is noticed by no client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkFaultsIT {

    private static final int MEGABIT = 1_000_000 / 8;

    /** About 20 times as much as a megabit a second carries. */
    private static final Pace HEAVY = new Pace(100, 4_000);

    private TcpProxy network;
    private LoadedBridge bridge;

    @BeforeAll
    void start(@TempDir final Path folder) {
        final int port = Ports.free();
        network = TcpProxy.to(port);
        bridge = new LoadedBridge(folder, Kafka.builder().listener(SecurityProtocol.PLAINTEXT, port, network.port()))
                .startHiveMq("");
    }

    @AfterEach
    void mend() {
        network.pass();
        bridge.mend();
    }

    @AfterAll
    void stop() {
        bridge.close();
        network.close();
    }

    @Test
    void connectionsReset_losesNothing() {
        // Given
        bridge.startClients();
        for (int i = 0; i < Faults.KILLS; i++) {
            bridge.load().awaitProgress();

            // When
            network.reset();
        }

        // Then
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void blackHole_losesNothing() {
        // Given
        bridge.startClients();
        bridge.load().awaitProgress();

        // When
        network.blackHole();
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
        Faults.last(Faults.BLACK_HOLE);
        bridge.awaitLog(network::pass, LoadedBridge.BACK);

        // Then
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }

    @Test
    void tooSlowNetwork_losesNothing() {
        // Given
        bridge.startClients(HEAVY);
        bridge.load().awaitAnswers(LoadedBridge.LIMIT);

        // When
        network.limit(MEGABIT);
        Faults.last(Faults.SLOWNESS);
        bridge.load().awaitAnswers(LoadedBridge.LIMIT);
        network.pass();

        // Then
        bridge.load().awaitAnswers(LoadedBridge.LIMIT);
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
    }
}
