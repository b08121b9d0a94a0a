package io.kafkabridge.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kafkabridge.it.LoadClient.Pace;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaBuilder;
import io.kafkabridge.stack.KafkaNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the fault tests break: a Kafka with the topic {@code load}, a HiveMQ whose bridge fills it from {@code load/#}, clients
 * that publish without pause, and the comparison in the end.
 */
final class LoadedBridge implements AutoCloseable {

    /** For everything that takes as long as it takes. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** Promised are 5 seconds from Kafka's death to the next acknowledgement; other work on this machine gets the rest. */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(8);

    /** Logged when the spool takes over. */
    static final String AWAY = "Kafka cluster 'cluster01' takes no records";

    /** Logged when the spool is empty again. */
    static final String BACK = "Kafka cluster 'cluster01' takes records again";

    /** Logged when nothing more goes into the spool. */
    static final String FULL = "The spool of Kafka cluster 'cluster01' is full";

    private static final String CONFIG = "extensions/hivemq-kafka-bridge/conf/config.xml";
    private static final String TOPIC = "load";
    private static final int PARTITIONS = 3;

    private final Path folder;
    private final Kafka kafka;

    @SuppressWarnings("NullAway.Init") // From the first startHiveMq.
    private HiveMq hivemq;

    @SuppressWarnings("NullAway.Init") // From the first startClients.
    private Load load;

    /** Starts Kafka. */
    LoadedBridge(final Path folder, final KafkaBuilder builder) {
        this(
                folder,
                builder.property("auto.create.topics.enable", "false")
                        .folder(folder.resolve("kafka"))
                        .start());
        createTopic();
    }

    /** Takes a Kafka that runs, and closes it in the end. */
    LoadedBridge(final Path folder, final Kafka kafka) {
        this.folder = folder;
        this.kafka = kafka;
    }

    void createTopic() {
        kafka.createTopic(TOPIC, PARTITIONS);
    }

    /**
     * Starts HiveMQ, instead of the one that runs.
     *
     * @param settings further elements of {@code <kafka-cluster>}
     */
    LoadedBridge startHiveMq(final String settings) {
        return startHiveMq(new BridgeXml()
                .cluster("cluster01", kafka.bootstrapServers(), settings)
                .mapping("load", "cluster01", TOPIC, "load/#"));
    }

    LoadedBridge startHiveMq(final BridgeXml xml) {
        if (hivemq != null) {
            hivemq.close();
        }
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file(CONFIG, xml.toString())
                .start();
        return this;
    }

    /** Changes the bridge's configuration while HiveMQ runs, and waits for what the bridge logs then. */
    void reconfigure(final String xml, final String regex) {
        final Path file = folder.resolve("hivemq").resolve(CONFIG);
        awaitLog(
                () -> {
                    try {
                        Files.writeString(file, xml);
                    } catch (final IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                regex);
    }

    LoadedBridge startClients() {
        return startClients(Load.STEADY);
    }

    LoadedBridge startClients(final Pace pace) {
        load = Load.start(hivemq.mqttPort(), pace);
        return this;
    }

    Kafka kafka() {
        return kafka;
    }

    HiveMq hivemq() {
        return hivemq;
    }

    Load load() {
        return load;
    }

    /** What the bridge keeps on the disk: {@code spool} or {@code rejected}. */
    Path data(final String part) {
        return folder.resolve("hivemq/data/hivemq-kafka-bridge").resolve(part);
    }

    /** The files below such a folder. */
    List<Path> files(final String part) throws IOException {
        if (Files.notExists(data(part))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data(part))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Does something and waits for what HiveMQ logs from then on. */
    void awaitLog(final Runnable action, final String regex) {
        final int before = hivemq.log().length();
        action.run();
        await().atMost(LIMIT)
                .until(() -> Pattern.compile(regex).matcher(hivemq.log()).find(before));
    }

    /** What is in Kafka. */
    Appearances appearances() {
        return Appearances.in(kafka, TOPIC);
    }

    /** How often a record in Kafka says what an earlier one said. */
    int repeats() {
        return appearances().repeats();
    }

    /** Lets the clients come to an end and compares Kafka with their acknowledgements, once the spool has had its time. */
    void verify() {
        load.finish();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> load.ledger().verify(appearances()));
        assertThat(hivemq.log().lines().filter(line -> line.matches(".*(unexpected error|OutOfMemoryError).*")))
                .isEmpty();
        System.out.println(load.ledger().size() + " messages acknowledged; in Kafka " + appearances());
    }

    /** Ends the clients and mends what a test has broken, for the next one. */
    void mend() {
        if (load != null) {
            load.close();
        }
        kafka.nodes().stream().filter(KafkaNode::isRunning).forEach(KafkaNode::resume);
        kafka.start();
        if (hivemq != null && !hivemq.isRunning()) {
            hivemq.start();
        }
    }

    @Override
    public void close() {
        if (load != null) {
            load.close();
        }
        if (hivemq != null) {
            hivemq.close();
        }
        kafka.close();
    }
}
