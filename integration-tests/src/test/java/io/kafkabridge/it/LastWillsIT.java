package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.it.WillCase.Stage;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

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

    private static final String PERMISSIONS = """
            user device
            topic write wills/#
            topic write $vendor/#
            user subscriber
            topic read wills/#
            topic read $vendor/#
            """;

    private Kafka kafka;
    private HiveMq hivemq;
    private WillSubscriber subscriber;
    private Map<String, List<String>> subscribed;
    private Map<String, List<String>> inKafka;

    @BeforeAll
    void playAllCases(@TempDir final Path folder) throws Exception {
        start(folder);
        final ExecutorService players = Executors.newCachedThreadPool();
        try {
            final List<Future<?>> plays = new ArrayList<>();
            for (final WillCase willCase : WillCase.all()) {
                plays.add(players.submit(() -> {
                    try (Stage stage = new Stage(hivemq.mqttPort(), willCase.name())) {
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
        awaitWitness("after all cases", WITNESS_DELAY);
        subscribed = subscriber.messages();
        inKafka = inKafka();
    }

    private void start(final Path folder) throws IOException {
        final Path users = PasswordFile.create(folder, WillConnect.USER, WillConnect.PASSWORD);
        final String device = Files.readString(users);
        Files.writeString(users, device + device.replace(WillConnect.USER, WillSubscriber.USER));
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        kafka.createTopic("wills", 1);
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .extension(Artifacts.authZip())
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-file-auth/conf/permissions", PERMISSIONS)
                .env("HIVEMQ_FILE_AUTH_USERS", users.toString())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        new BridgeXml()
                                .cluster("cluster01", kafka.bootstrapServers(), "")
                                .mapping("wills", "cluster01", "wills", "#", "$vendor/#")
                                .toString())
                .start();
        subscriber = new WillSubscriber(hivemq.mqttPort(), WillConnect.PASSWORD);
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    /** A will with a longer delay than all others arrives: those that haven't come by then never will. */
    private void awaitWitness(final String name, final int delay) throws IOException {
        final String topic = "wills/witness " + name;
        new WillClient(hivemq.mqttPort(), new WillConnect(5, "witness", topic, "witness").session(LONG_DELAY, delay))
                .close();
        await().atMost(LIMIT).until(() -> subscriber.messages().containsKey(topic));
        await().atMost(LIMIT).until(() -> inKafka().containsKey(topic));
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
        assertThat(Topics.read(kafka, "wills")).isNotEmpty().allSatisfy(record -> {
            final String payload = text(record.value());
            final Header header = record.headers().lastHeader("mqtt.will");
            if (payload.equals("first") || payload.equals("second")) {
                assertThat(header).isNull();
            } else {
                assertThat(text(header.value())).isEqualTo("true");
            }
        });
    }

    @Test
    void willWhileKafkaIsAway_arrivesWhenItIsBack() throws IOException {
        try (Stage stage = new Stage(hivemq.mqttPort(), "away")) {
            // Given
            kafka.pause();

            // When
            stage.connect(stage.will(5)).reset();
            hivemq.awaitLog("Kafka cluster 'cluster01' takes no records", LIMIT);
            kafka.resume();

            // Then
            await().atMost(LIMIT).untilAsserted(() -> assertSame(stage.topic(), List.of(stage.topic())));
        }
    }

    @Test
    void stopOfTheBroker_publishesWillsWithoutADelayAndForgetsTheOthers() throws IOException {
        try (Stage stage = new Stage(hivemq.mqttPort(), "stop")) {
            // Given
            connectWithWills(stage);

            // When
            hivemq.restart();
            comeBack(stage);

            // Then
            assertSame("wills/stop", List.of("wills/stop, no delay"));
        }
    }

    @Test
    void deathOfTheBroker_forgetsAllWills() throws IOException {
        try (Stage stage = new Stage(hivemq.mqttPort(), "death")) {
            // Given
            connectWithWills(stage);

            // When
            hivemq.kill();
            hivemq.start();
            comeBack(stage);

            // Then
            assertSame("wills/death", List.of());
        }
    }

    private static void connectWithWills(final Stage stage) throws IOException {
        stage.connect(will(stage, ", no delay", 0));
        stage.connect(will(stage, ", connected, delay", LONG_DELAY));
        stage.connect(will(stage, ", waiting, delay", LONG_DELAY)).close();
    }

    /** With a clean start: if HiveMQ still had the clients' wills, it would publish them now. */
    private void comeBack(final Stage stage) throws IOException {
        subscriber.connect();
        for (final String client : List.of(", no delay", ", connected, delay", ", waiting, delay")) {
            stage.connect(new WillConnect(5, stage.name() + client, "", "")).disconnect();
        }
        awaitWitness(stage.name(), 0);
    }

    private static WillConnect will(final Stage stage, final String name, final int delay) {
        return new WillConnect(5, stage.name() + name, stage.topic() + name, "will").session(LONG_DELAY, delay);
    }

    private void assertSame(final String prefix, final List<String> topics) {
        assertThat(subscriber.messages().keySet())
                .as("what the subscriber got")
                .filteredOn(topic -> topic.startsWith(prefix))
                .containsExactlyInAnyOrderElementsOf(topics);
        assertThat(inKafka().keySet())
                .as("what is in Kafka")
                .filteredOn(topic -> topic.startsWith(prefix))
                .containsExactlyInAnyOrderElementsOf(topics);
    }

    /** Payloads by MQTT topic, in their order. */
    private Map<String, List<String>> inKafka() {
        return Topics.read(kafka, "wills").stream()
                .collect(Collectors.groupingBy(
                        record -> text(record.key()),
                        Collectors.mapping(record -> text(record.value()), Collectors.toList())));
    }

    private static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
