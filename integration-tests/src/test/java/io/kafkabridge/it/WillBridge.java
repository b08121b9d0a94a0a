package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A HiveMQ with users and permissions whose bridge fills the Kafka topic {@code wills}, and a subscriber beside it. */
final class WillBridge implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String PERMISSIONS = """
            user device
            topic write wills/#
            topic write $vendor/#
            user subscriber
            topic read wills/#
            topic read $vendor/#
            """;

    private final Kafka kafka;
    private final HiveMq hivemq;
    private final WillSubscriber subscriber;

    WillBridge(final Path folder) throws IOException {
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

    Kafka kafka() {
        return kafka;
    }

    HiveMq hivemq() {
        return hivemq;
    }

    WillSubscriber subscriber() {
        return subscriber;
    }

    WillStage stage(final String name) {
        return new WillStage(hivemq.mqttPort(), name);
    }

    /** A will with a longer delay than all others arrives: those that haven't come by then never will. */
    void awaitWitness(final String name, final int delay) throws IOException {
        final String topic = "wills/witness " + name;
        new WillClient(hivemq.mqttPort(), new WillConnect(5, "witness", topic, "witness").session(2 * delay, delay))
                .close();
        await().atMost(LIMIT).until(() -> subscriber.messages().containsKey(topic));
        await().atMost(LIMIT).until(() -> inKafka().containsKey(topic));
    }

    /** The subscriber and Kafka have wills on exactly these of the topics that start so. */
    void assertSame(final String prefix, final List<String> topics) {
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
    Map<String, List<String>> inKafka() {
        return Topics.read(kafka, "wills").stream()
                .collect(Collectors.groupingBy(
                        record -> text(record.key()),
                        Collectors.mapping(record -> text(record.value()), Collectors.toList())));
    }

    static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        hivemq.close();
        kafka.close();
    }
}
