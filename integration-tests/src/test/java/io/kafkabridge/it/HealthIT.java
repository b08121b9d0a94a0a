package io.kafkabridge.it;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.LoadClient.Pace;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The health checks say whether messages are safe, and nothing else opens the monitoring server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthIT {

    private static final String READY = "/health/ready";
    private static final Pace FILLING = new Pace(200, 2_000);

    private final int port = Ports.free();
    private final Web web = new Web(port);

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

    private BridgeXml config(final String cluster) {
        return new BridgeXml()
                .cluster("cluster01", bridge.kafka().bootstrapServers(), cluster)
                .mapping("load", "cluster01", "load", "load/#");
    }

    private void awaitReady(final int status, final String why) {
        await().atMost(LoadedBridge.LIMIT).untilAsserted(() -> {
            assertThat(web.get(READY).body()).contains("\"why\" : \"" + why + "\"");
            assertThat(web.status(READY)).isEqualTo(status);
        });
    }

    @Test
    void ready_isWhatFindsAPlace() {
        // Given
        bridge.startHiveMq(config("<spool><max-size>4MiB</max-size></spool>").monitoring(port, ""));
        awaitReady(200, "live");
        assertThat(web.get("/health/live").statusCode()).isEqualTo(200);

        // When
        bridge.startClients(FILLING);
        bridge.load().awaitAnswers(LoadedBridge.LIMIT);
        bridge.awaitLog(
                () -> {
                    bridge.awaitLog(bridge.kafka()::kill, LoadedBridge.AWAY);

                    // Then
                    assertThat(web.status(READY)).as(web.get(READY).body()).isEqualTo(200);
                },
                LoadedBridge.FULL);
        awaitReady(503, "away, and no room in the spool");
        assertThat(web.get("/health/live").statusCode()).isEqualTo(200);
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);
        awaitReady(200, "live");
        bridge.verify();
    }

    @Test
    void withoutKafka_aFreshBrokerIsReady() {
        // Given
        bridge.kafka().kill();

        // When
        bridge.startHiveMq(config("").monitoring(port, ""));

        // Then
        await().atMost(LoadedBridge.LIMIT).until(() -> web.status(READY) == 200);
        assertThat(web.get(READY).body()).contains(", with room in the spool");
    }

    @Test
    void settings_takeEffectWhileHiveMqRuns() {
        // Given
        bridge.startHiveMq(config("").monitoring(port, ""));
        await().atMost(LoadedBridge.LIMIT).until(() -> web.status("/metrics") == 200);

        // When
        bridge.reconfigure(
                config("")
                        .monitoring(port, "<username>ops</username><password>s3cret</password>")
                        .toString(),
                "in force\\. Changed <monitoring>");

        // Then
        await().atMost(LoadedBridge.LIMIT).until(() -> web.status("/metrics") == 401);
        assertThat(web.get("/metrics", "ops", "s3cret").body()).contains("kafkabridge_cluster_state{");
        assertThat(web.get("/metrics", "ops", "secret").statusCode()).isEqualTo(401);
        assertThat(web.status("/health/live")).isEqualTo(200);
        assertThat(bridge.hivemq().log()).doesNotContain("s3cret");

        // When
        bridge.reconfigure(config("").toString(), "in force\\. Changed <monitoring>");

        // Then
        await().atMost(LoadedBridge.LIMIT).until(() -> web.status("/health/live") == 0);
    }
}
