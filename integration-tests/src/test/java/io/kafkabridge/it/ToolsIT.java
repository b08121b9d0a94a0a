package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.it.MqttClients.Login;
import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.Certificates;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publisher and consumer as a user runs them: with nothing but a {@code .env}, against a HiveMQ with TLS and users and a Kafka
 * with SASL_SSL. As with a cloud, the JVM trusts the certificates' authority.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolsIT {

    private static final String PASSWORD = "a#b \"c\" $d";

    private static final String BRIDGE_ACCESS = """
            <tls><ca-file>%s</ca-file></tls>
            <authentication><plain><username>key</username><password>${KAFKA_PASSWORD}</password></plain></authentication>
            <delivery-timeout>5s</delivery-timeout>
            """;

    @TempDir
    private Path folder;

    private Kafka kafka;
    private HiveMq hivemq;
    private List<String> trust;
    private String env;

    @BeforeAll
    void start(@TempDir final Path stack) throws IOException {
        final Certificates certificates = Certificates.in(stack.resolve("certificates"));
        trust = List.of(
                "-Djavax.net.ssl.trustStore=" + certificates.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + certificates.password());
        final Path users = PasswordFile.create(stack, "ana", PASSWORD);
        kafka = Kafka.builder()
                .folder(stack.resolve("kafka"))
                .listener(SecurityProtocol.SASL_SSL)
                .certificates(certificates)
                .property("auto.create.topics.enable", "false")
                .user("key", PASSWORD)
                .start();
        final BridgeXml xml = new BridgeXml()
                .cluster("cluster01", kafka.bootstrapServers(), BRIDGE_ACCESS.formatted(certificates.ca()));
        Stream.of("teste", "lines", "restart").forEach(topic -> {
            kafka.createTopic(topic, 1);
            xml.mapping(topic, "cluster01", topic, topic);
        });
        hivemq = HiveMq.builder()
                .folder(stack.resolve("hivemq"))
                .tls(certificates)
                .extension(Artifacts.authZip())
                .file(
                        "extensions/hivemq-file-auth/conf/permissions",
                        "user ana\ntopic write teste\ntopic write lines\ntopic write restart\n")
                .env("HIVEMQ_FILE_AUTH_USERS", users.toString())
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml.toString())
                .env("KAFKA_PASSWORD", PASSWORD)
                .start();
        env = """
                BROKER_ADDR=localhost:%d
                HIVE_USER=ana
                HIVE_PSWD='%s'
                BOOTSTRAP_SERVERS=%s
                CLUSTER_ID=group01
                API_KEY=key
                API_SECRET='%s'
                """.formatted(hivemq.tlsPort(), PASSWORD, kafka.bootstrapServers(), PASSWORD);
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    @Test
    void messages_goFromPublisherToConsumer() throws IOException {
        // Given
        writeEnv(env);

        // When
        final List<String> published = finish(publisher("--count", "3", "--interval", "100ms"));
        final List<String> received = finish(consumer("--count", "3"));

        // Then
        assertThat(published).hasSize(4).startsWith("Connected");
        assertThat(published.subList(1, 4)).allSatisfy(line -> assertThat(line)
                .matches("Published: Minha Ponderada \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"));
        assertThat(received)
                .isEqualTo(published.stream()
                        .skip(1)
                        .map(line -> line.replace("Published: ", "Received message: "))
                        .toList());
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "publisher | HIVE_PSWD=.*            | HIVE_PSWD=wrong             | 1 | login refused, bad user name",
                "publisher | HIVE_USER=ana           | HIVE_USER=nobody            | 1 | login refused, bad user name",
                "publisher | HIVE_USER=.*            | #                           | 1 | login refused, not authorized",
                "publisher | BROKER_ADDR=localhost.* | BROKER_ADDR=no-such.invalid | 1 | unknown host 'no-such.invalid'",
                "publisher | BROKER_ADDR=localhost.* | #                           | 2 | BROKER_ADDR",
                "publisher | HIVE_USER=.*            | HIVE_USER                   | 2 | line 2",
                "consumer  | API_SECRET=.*           | API_SECRET=wrong            | 1 | check API_KEY and API_SECRET",
                "consumer  | API_SECRET=.*           | #                           | 2 | API_SECRET is not set",
                "consumer  | BOOTSTRAP_SERVERS=.*    | BOOTSTRAP_SERVERS=no-such.invalid:9092 | 1 | Unknown host",
                "consumer  | CLUSTER_ID=group01      | CONSUMER_TOPIC=nowhere      | 1 | Topic 'nowhere' does not exist"
            })
    void wrongSetting_isOneLineAndAnExitCode(
            final String tool, final String line, final String instead, final int exitCode, final String explanation)
            throws IOException {
        // Given
        writeEnv(env.replaceFirst(line, instead));

        // When
        try (JarProcess process = tool.equals("publisher") ? publisher() : consumer()) {

            // Then
            assertThat(process.exitCode()).as(process.errors()).isEqualTo(exitCode);
            assertThat(process.errors().lines()).singleElement().asString().contains(explanation);
            assertThat(process.output()).isEmpty();
        }
    }

    @Test
    void untrustedCertificate_isOneLineAndAnExitCode() throws IOException {
        // Given: JVMs that don't know the authority
        writeEnv(env);
        try (JarProcess publisher = JarProcess.start(folder, Artifacts.publisherJar());
                JarProcess consumer = JarProcess.start(folder, Artifacts.consumerJar())) {
            assertThat(publisher.exitCode()).isEqualTo(1);
            assertThat(consumer.exitCode()).isEqualTo(1);

            // Then
            assertThat(publisher.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("certificate is not signed by a trusted CA; set BROKER_CA_FILE");
            assertThat(consumer.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("certificate is not signed by a trusted CA; set KAFKA_CA_FILE");
        }
    }

    @Test
    void publisher_losesNothingWhenHiveMqIsKilled() throws IOException {
        // Given
        writeEnv(env);
        final List<String> lines =
                IntStream.range(0, 200).mapToObj(i -> "line " + i).toList();
        try (JarProcess publisher = publisher("--message", "-", "--topic", "lines", "--interval", "20ms")) {
            publisher.input(String.join("\n", lines));
            publisher.awaitLine("Published: line 20");

            // When
            hivemq.kill();
            publisher.awaitLine("Connection lost: .*");
            hivemq.start();

            // Then
            assertThat(publisher.exitCode()).as(publisher.errors()).isZero();
            assertThat(publisher.output().lines().filter(line -> line.startsWith("Published: ")))
                    .containsExactlyInAnyOrderElementsOf(
                            lines.stream().map(line -> "Published: " + line).toList());
        }
        assertThat(new LinkedHashSet<>(Topics.values(kafka, "lines"))).containsExactlyElementsOf(lines);
    }

    @Test
    void consumer_missesNothingWhenKafkaIsKilled() throws IOException {
        // Given
        writeEnv(env.replace("group01", "group02"));
        publish("restart", "before");
        try (JarProcess consumer = consumer("--topic", "restart")) {
            consumer.awaitLine("Received message: before");

            // When
            kafka.kill();
            kafka.start();
            publish("restart", "after");

            // Then
            consumer.awaitLine("Received message: after");

            // When
            consumer.terminate();
            assertThat(consumer.exitCode()).isEqualTo(143);
        }
        publish("restart", "later");

        // Then: what was printed is committed, and the group was left
        assertThat(finish(consumer("--topic", "restart", "--count", "1"))).containsExactly("Received message: later");
    }

    /** Waits for the good end of a process and returns the lines that it has printed. */
    private static List<String> finish(final JarProcess started) {
        try (JarProcess process = started) {
            assertThat(process.exitCode()).as(process.errors()).isZero();
            return process.output().lines().toList();
        }
    }

    private JarProcess publisher(final String... arguments) {
        return JarProcess.start(folder, trust, Artifacts.publisherJar(), arguments);
    }

    private JarProcess consumer(final String... arguments) {
        return JarProcess.start(folder, trust, Artifacts.consumerJar(), arguments);
    }

    private void writeEnv(final String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text);
    }

    private void publish(final String topic, final String message) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort(), new Login("test", "ana", PASSWORD))) {
            client.publish(topic, 1, false, message.getBytes(StandardCharsets.UTF_8));
        }
    }
}
