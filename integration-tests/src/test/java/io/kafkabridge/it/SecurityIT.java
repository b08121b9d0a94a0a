package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.Certificates;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All ways to reach a Kafka, right and wrong ones beside each other: one Kafka with every kind of listener, one bridge with a
 * {@code <kafka-cluster>} for each way. The MQTT topic, the mapping and the cluster of a way have the same name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MARK = "S3cret";
    private static final String PASSWORD = " " + MARK + " \"'\\ \\n $1 ${ENV:HOME} <a>&amp;]]> %41 ; = # , {} ";
    private static final String WRONG_PASSWORD = MARK + "-wrong";
    private static final String KAFKA_TOPIC = "secure";

    private Kafka kafka;
    private HiveMq hivemq;
    private Path folder;
    private Certificates certificates;

    private final BridgeXml xml = new BridgeXml();

    @BeforeAll
    void start(@TempDir final Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        certificates = Certificates.in(folder.resolve("certificates"), "localhost"); // not good for 127.0.0.1
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.PLAINTEXT)
                .listener(SecurityProtocol.SSL)
                .listener(SecurityProtocol.SASL_PLAINTEXT)
                .listener(SecurityProtocol.SASL_SSL)
                .certificates(certificates)
                .user("bridge", PASSWORD)
                .start();
        kafka.createTopic(KAFKA_TOPIC, 1);
        addRightWays();
        addWrongWays();
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml.toString())
                .env("KAFKA_PASSWORD", PASSWORD)
                .env("WRONG_PASSWORD", WRONG_PASSWORD)
                .env("STORE_PASSWORD", certificates.password())
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    private void addRightWays() throws IOException, InterruptedException {
        final String caFile = "<ca-file>" + certificates.ca() + "</ca-file>";
        way("plaintext", SecurityProtocol.PLAINTEXT, "");
        way("ssl", SecurityProtocol.SSL, tls(caFile));
        way("sasl-plain", SecurityProtocol.SASL_PLAINTEXT, login("plain"));
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        way(
                "password-file",
                SecurityProtocol.SASL_PLAINTEXT,
                login("plain", "bridge", "${FILE:" + folder.resolve("password") + "}"));
        way("sasl-scram256", SecurityProtocol.SASL_PLAINTEXT, login("scram-sha256"));
        way("sasl-scram512", SecurityProtocol.SASL_PLAINTEXT, login("scram-sha512"));
        way("sasl-ssl-plain", SecurityProtocol.SASL_SSL, tls(caFile) + login("plain"));
        way("sasl-ssl-scram256", SecurityProtocol.SASL_SSL, tls(caFile) + login("scram-sha256"));
        way("sasl-ssl-scram512", SecurityProtocol.SASL_SSL, tls(caFile) + login("scram-sha512"));
        way("truststore-pkcs12", SecurityProtocol.SSL, tls(truststore("PKCS12", "${ENV:STORE_PASSWORD}")));
        way("truststore-jks", SecurityProtocol.SSL, tls(truststore("JKS", "${STORE_PASSWORD}")));
        xml.cluster(
                        "unverified-name",
                        otherName(SecurityProtocol.SSL),
                        tls(caFile + "<hostname-verification>false</hostname-verification>"))
                .mapping("unverified-name", "unverified-name", KAFKA_TOPIC, "unverified-name");
    }

    private void addWrongWays() {
        final String caFile = "<ca-file>" + certificates.ca() + "</ca-file>";
        final Path otherCa = Certificates.in(folder.resolve("other")).ca();
        final String hurry = "<delivery-timeout>2s</delivery-timeout>";
        way("wrong-plain", SecurityProtocol.SASL_PLAINTEXT, login("plain", "bridge", "${WRONG_PASSWORD}") + hurry);
        way(
                "wrong-scram",
                SecurityProtocol.SASL_SSL,
                tls(caFile) + login("scram-sha512", "bridge", "${WRONG_PASSWORD}") + hurry);
        way(
                "wrong-user",
                SecurityProtocol.SASL_SSL,
                tls(caFile) + login("scram-sha256", "nobody", "${KAFKA_PASSWORD}") + hurry);
        way("wrong-ca", SecurityProtocol.SSL, tls("<ca-file>" + otherCa + "</ca-file>") + hurry);
        way("jvm-cas", SecurityProtocol.SSL, tls("") + hurry);
        xml.cluster("wrong-name", otherName(SecurityProtocol.SSL), tls(caFile) + hurry)
                .mapping("wrong-name", "wrong-name", KAFKA_TOPIC, "wrong-name");
    }

    private void way(final String name, final SecurityProtocol protocol, final String more) {
        xml.cluster(name, kafka.bootstrapServers(protocol), more).mapping(name, name, KAFKA_TOPIC, name);
    }

    /** The listener under a name that its certificate doesn't have. */
    private String otherName(final SecurityProtocol protocol) {
        return kafka.bootstrapServers(protocol).replace("localhost", "127.0.0.1");
    }

    private static String tls(final String content) {
        return "<tls><enabled>true</enabled>" + content + "</tls>";
    }

    private static String login(final String mechanism) {
        return login(mechanism, "bridge", "${ENV:KAFKA_PASSWORD}");
    }

    private static String login(final String mechanism, final String user, final String password) {
        return "<authentication><%1$s><username>%2$s</username><password>%3$s</password></%1$s></authentication>"
                .formatted(mechanism, user, password);
    }

    /** A truststore as an operator makes it, with keytool. */
    private String truststore(final String type, final String passwordInXml) throws IOException, InterruptedException {
        final Path store = folder.resolve("truststore." + type);
        if (Files.notExists(store)) {
            final ProcessBuilder keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-importcert",
                            "-noprompt",
                            "-alias",
                            "ca",
                            "-file",
                            certificates.ca().toString(),
                            "-keystore",
                            store.toString(),
                            "-storetype",
                            type,
                            "-storepass:env",
                            "STORE_PASSWORD")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile());
            keytool.environment().put("STORE_PASSWORD", certificates.password());
            assertThat(keytool.start().waitFor()).isZero();
        }
        return "<truststore><path>" + store + "</path><password>" + passwordInXml + "</password></truststore>";
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "plaintext",
                "ssl",
                "sasl-plain",
                "password-file",
                "sasl-scram256",
                "sasl-scram512",
                "sasl-ssl-plain",
                "sasl-ssl-scram256",
                "sasl-ssl-scram512",
                "truststore-pkcs12",
                "truststore-jks",
                "unverified-name"
            })
    void rightWay_takesRecords(final String way) {
        // When
        publish(way);

        // Then
        assertThat(Topics.keys(kafka, KAFKA_TOPIC)).contains(way);
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({
        "wrong-plain, SaslAuthenticationException.*Invalid username or password",
        "wrong-scram, SaslAuthenticationException.*SCRAM-SHA-512",
        "wrong-user,  SaslAuthenticationException.*SCRAM-SHA-256",
        "wrong-ca,    PKIX path",
        "jvm-cas,     PKIX path",
        "wrong-name,  No subject alternative names"
    })
    void wrongWay_isAnOutageWhoseLogNamesClusterAndCause(final String way, final String cause) {
        // When: acknowledged by way of the spool
        publish(way);

        // Then
        hivemq.awaitLog("Kafka cluster '" + way + "' takes no records.*" + cause, LIMIT);
        publish("plaintext"); // The ways beside it go on.
        assertThat(Topics.keys(kafka, KAFKA_TOPIC)).doesNotContain(way);
    }

    @Test
    @Order(3)
    void passwords_areNowhereInTheLogs() throws IOException {
        // Given
        final List<Path> logs;
        try (Stream<Path> files = Files.walk(hivemq.home().resolve("log"))) {
            logs = files.filter(Files::isRegularFile).toList();
        }

        // Then
        assertThat(logs).isNotEmpty();
        assertThat(hivemq.log()).contains("Kafka cluster 'wrong-scram' takes no records");
        for (final Path log : logs) {
            assertThat(Files.readString(log)).doesNotContain(MARK).doesNotContain(certificates.password());
        }
    }

    private void publish(final String topic) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish(topic, 1, false, "secret enough".getBytes(StandardCharsets.UTF_8));
        }
    }
}
