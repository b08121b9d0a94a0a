package io.kafkabridge.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kafka gets the last wills that a subscriber of HiveMQ gets, and no other. All cases are played at the same time on one broker;
 * each has a topic of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LastWillsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Longer than every delay that a case wants to have passed, and the second that HiveMQ may take longer. */
    private static final int WITNESS_DELAY = 5;

    private static final int LONG_DELAY = 1000;

    private WillBridge bridge;
    private Map<String, List<String>> subscribed;
    private Map<String, List<String>> inKafka;

    @BeforeAll
    void playAllCases(@TempDir final Path folder) throws Exception {
        bridge = new WillBridge(folder);
        final ExecutorService players = Executors.newCachedThreadPool();
        try {
            final List<Future<?>> plays = new ArrayList<>();
            for (final WillCase willCase : WillCase.all()) {
                plays.add(players.submit(() -> {
                    try (WillStage stage = bridge.stage(willCase.name())) {
                        willCase.script().play(stage);
                    }
                    return null;
                }));
            }
            for (final Future<?> play : plays) {
                play.get();
            }
        } finally {
            players.shutdownNow();
        }
        bridge.awaitWitness("after all cases", WITNESS_DELAY);
        subscribed = bridge.subscriber().messages();
        inKafka = bridge.inKafka();
    }

    @AfterAll
    void stop() {
        bridge.close();
    }

    static List<WillCase> cases() {
        return WillCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void kafkaGetsWhatASubscriberGets(final WillCase willCase) {
        final String topic = willCase.topic();
        assertThat(subscribed.getOrDefault(topic, List.of()))
                .as("what the subscriber got")
                .isEqualTo(willCase.expected());
        assertThat(inKafka.getOrDefault(topic, List.of()))
                .as("what is in Kafka")
                .isEqualTo(willCase.expected());
    }

    @Test
    void onlyWills_haveTheHeader() {
        assertThat(Topics.read(bridge.kafka(), "wills")).isNotEmpty().allSatisfy(record -> {
            final String payload = WillBridge.text(record.value());
            final Header header = record.headers().lastHeader("mqtt.will");
            if (payload.equals("first") || payload.equals("second")) {
                assertThat(header).isNull();
            } else {
                assertThat(WillBridge.text(header.value())).isEqualTo("true");
            }
        });
    }

    @Test
    void willWhileKafkaIsAway_arrivesWhenItIsBack() throws IOException {
        try (WillStage stage = bridge.stage("away")) {
            // Given
            bridge.kafka().pause();

            // When
            stage.connect(stage.will(5)).reset();
            bridge.hivemq().awaitLog(LoadedBridge.AWAY, LIMIT);
            bridge.kafka().resume();

            // Then
            await().atMost(LIMIT).untilAsserted(() -> bridge.assertSame(stage.topic(), List.of(stage.topic())));
        }
    }

    @Test
    void stopOfTheBroker_publishesWillsWithoutADelayAndForgetsTheOthers() throws IOException {
        try (WillStage stage = bridge.stage("stop")) {
            // Given
            connectWithWills(stage);

            // When
            bridge.hivemq().restart();
            comeBack(stage);

            // Then
            bridge.assertSame("wills/stop", List.of("wills/stop, no delay"));
        }
    }

    @Test
    void deathOfTheBroker_forgetsAllWills() throws IOException {
        try (WillStage stage = bridge.stage("death")) {
            // Given
            connectWithWills(stage);

            // When
            bridge.hivemq().kill();
            bridge.hivemq().start();
            comeBack(stage);

            // Then
            bridge.assertSame("wills/death", List.of());
        }
    }

    private static void connectWithWills(final WillStage stage) throws IOException {
        stage.connect(will(stage, ", no delay", 0));
        stage.connect(will(stage, ", connected, delay", LONG_DELAY));
        stage.connect(will(stage, ", waiting, delay", LONG_DELAY)).close();
    }

    /** With a clean start: if HiveMQ still had the clients' wills, it would publish them now. */
    private void comeBack(final WillStage stage) throws IOException {
        bridge.subscriber().connect();
        for (final String client : List.of(", no delay", ", connected, delay", ", waiting, delay")) {
            stage.connect(new WillConnect(5, stage.name() + client, "", "")).disconnect();
        }
        bridge.awaitWitness(stage.name(), 0);
    }

    private static WillConnect will(final WillStage stage, final String name, final int delay) {
        return new WillConnect(5, stage.name() + name, stage.topic() + name, "will").session(LONG_DELAY, delay);
    }
}
