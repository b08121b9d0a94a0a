package io.kafkabridge.stack.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.common.security.auth.SecurityProtocol;

import io.kafkabridge.stack.Certificates;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;
import io.kafkabridge.stack.PrivateFiles;

/** HiveMQ with the bridge and file-auth, configured by {@code hivemq-config/}, and Kafka: TLS and passwords on both. */
final class DemoBrokers {

    static final String TOPIC = "teste";

    private static final int MQTT_PORT = 8883;
    private static final int KAFKA_PORT = 9092;
    private static final int MONITORING_PORT = 9398;
    private static final String PUBLISHER = "publisher";
    private static final String BRIDGE = "bridge";
    private static final String CONSUMER = "consumer";

    private final DemoFolder folder;
    private final Map<String, String> clientSettings;

    private DemoBrokers(DemoFolder folder, Map<String, String> clientSettings) {
        this.folder = folder;
        this.clientSettings = clientSettings;
    }

    static DemoBrokers start(DemoFolder folder, Screen screen, Ending ending) throws IOException, InterruptedException {
        if (!Files.exists(folder.certificates())) {
            screen.step("Making certificates and passwords in "
                    + folder.certificates().getParent());
        }
        Certificates certificates = Certificates.in(folder.certificates(), "localhost", "127.0.0.1", "hivemq", "kafka");
        Passwords passwords = Passwords.in(folder.passwords(), PUBLISHER, BRIDGE, CONSUMER);
        makeUsersFile(folder, passwords);

        int kafkaPort = choosePort("Kafka", KAFKA_PORT, screen);
        screen.step("Starting Kafka");
        Kafka kafka = ending.add(Kafka.builder()
                .folder(folder.kafka())
                .listener(SecurityProtocol.SASL_SSL, kafkaPort)
                .certificates(certificates)
                .user(BRIDGE, passwords.of(BRIDGE))
                .user(CONSUMER, passwords.of(CONSUMER))
                .start());
        kafka.createTopic(TOPIC, 1);
        screen.step("Kafka is ready on " + kafka.bootstrapServers() + " (TLS, SASL)");

        int mqttPort = choosePort("HiveMQ", MQTT_PORT, screen);
        int monitoringPort = choosePort("the bridge's monitoring", MONITORING_PORT, screen);
        screen.step("Starting HiveMQ CE with the bridge");
        HiveMq hivemq = ending.add(HiveMq.builder()
                .folder(folder.hivemq())
                .extension(folder.extension("extension/target/hivemq-kafka-bridge"))
                .extension(folder.extension("auth/target/hivemq-file-auth"))
                .file("conf/config.xml", Files.readString(folder.hivemqConfig("config.xml")))
                .tls(certificates)
                .tlsPort(mqttPort)
                .env("MQTT_BIND_ADDRESS", "127.0.0.1")
                .env("HIVEMQ_FILE_AUTH_USERS", folder.users().toString())
                .env(
                        "HIVEMQ_FILE_AUTH_PERMISSIONS",
                        folder.hivemqConfig("hivemq-file-auth/permissions").toString())
                .env(
                        "HIVEMQ_KAFKA_BRIDGE_CONFIG",
                        folder.hivemqConfig("hivemq-kafka-bridge/config.xml").toString())
                .env("BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                .env("KAFKA_CA_FILE", certificates.ca().toString())
                .env("KAFKA_USER", BRIDGE)
                .env("KAFKA_PASSWORD", passwords.of(BRIDGE))
                .env("MONITORING_ADDRESS", "127.0.0.1")
                .env("MONITORING_PORT", Integer.toString(monitoringPort))
                .start());
        checkExtensions(hivemq);
        screen.step("HiveMQ is ready on localhost:" + mqttPort + " (TLS, passwords)");
        screen.step("What the bridge does: http://localhost:" + monitoringPort + "/");

        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("BROKER_ADDR", "ssl://localhost:" + mqttPort);
        settings.put("BROKER_CA_FILE", certificates.ca().toString());
        settings.put("HIVE_USER", PUBLISHER);
        settings.put("HIVE_PSWD", passwords.of(PUBLISHER));
        settings.put("BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("KAFKA_CA_FILE", certificates.ca().toString());
        settings.put("CLUSTER_ID", "demo");
        settings.put("API_KEY", CONSUMER);
        settings.put("API_SECRET", passwords.of(CONSUMER));
        DemoBrokers brokers = new DemoBrokers(folder, settings);
        PrivateFiles.write(folder.env(), brokers.env());
        return brokers;
    }

    /** The environment of publisher and consumer. */
    Map<String, String> clientSettings() {
        return clientSettings;
    }

    /** The {@code .env} for other terminals, and the commands that use it. */
    String howToConnect() {
        return "\n" + env() + "\nIn other terminals, in the project's folder:\n"
                + "  java -jar publisher/target/publisher.jar --env-file .local/demo.env\n"
                + "  java -jar consumer/target/consumer.jar --env-file .local/demo.env\n"
                + "The settings above lie in " + folder.env() + ". Ctrl-C ends the brokers.";
    }

    private String env() {
        return clientSettings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining("", "# Written by ./demo at every start, for its own brokers.\n", ""));
    }

    /** HiveMQ runs on without an extension that couldn't start, and marks its folder; the bridge starts in any case, perhaps closed. */
    private static void checkExtensions(HiveMq hivemq) throws IOException {
        try (Stream<Path> extensions = Files.list(hivemq.home().resolve("extensions"))) {
            if (extensions.anyMatch(extension -> Files.exists(extension.resolve("DISABLED")))) {
                throw new DemoException("An extension of HiveMQ couldn't start. HiveMQ says:\n" + hivemq.log());
            }
        }
        if (hivemq.log().contains("The bridge is closed: ")) {
            throw new DemoException("The bridge's configuration can't be used. HiveMQ says:\n" + hivemq.log());
        }
    }

    private static int choosePort(String broker, int wanted, Screen screen) {
        int port = Ports.freeOr(wanted);
        if (port != wanted) {
            screen.step("Port " + wanted + " is taken: " + broker + " takes " + port + " instead");
        }
        return port;
    }

    /** Lets file-auth's own command hash the publisher's password, which it reads from its standard input. */
    private static void makeUsersFile(DemoFolder folder, Passwords passwords) throws IOException, InterruptedException {
        if (Files.exists(folder.users())) {
            return;
        }
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jarIn(folder.built("auth/target/hivemq-file-auth")).toString(),
                        "-i",
                        folder.users().toString(),
                        PUBLISHER)
                .redirectErrorStream(true)
                .start();
        try (OutputStream password = command.getOutputStream()) {
            password.write((passwords.of(PUBLISHER) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (command.waitFor() != 0) {
            throw new DemoException("Can't make " + folder.users() + ": " + output.strip());
        }
    }

    private static Path jarIn(Path extension) throws IOException {
        try (Stream<Path> files = Files.list(extension)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new DemoException("There is no jar in " + extension + "."));
        }
    }
}
