package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

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
import static org.awaitility.Awaitility.await;

/** A Kafka that lets in whoever has a certificate that it trusts; and one listener that speaks TLS 1.2 only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MutualTlsIT {

    private static final String KAFKA_TOPIC = "mutual";
    private static final String MUTUAL = "listener.name.ssl.ssl.";
    private static final String OLD = "listener.name.sasl_ssl.ssl.";

    private Path folder;
    private Kafka kafka;
    private HiveMq hivemq;
    private Certificates certificates;

    private final BridgeXml xml = new BridgeXml();

    @BeforeAll
    void start(@TempDir final Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        certificates = Certificates.in(folder.resolve("certificates"));
        final ClientKey key = ClientKey.make(folder.resolve("bridge"));
        final ClientKey strange = ClientKey.make(folder.resolve("stranger"));
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.SSL)
                .listener(SecurityProtocol.SASL_SSL)
                .certificates(certificates)
                .user("bridge", "p")
                .property(MUTUAL + "client.auth", "required")
                .property(MUTUAL + "truststore.type", "PEM")
                .property(MUTUAL + "truststore.location", key.certificate().toString())
                .property(OLD + "enabled.protocols", "TLSv1.2")
                .start();
        kafka.createTopic(KAFKA_TOPIC, 1);
        mutual("pem", key.pem("bridge.key", ""));
        mutual("pem-encrypted", key.pem("bridge.encrypted.key", "<key-password>${ENV:KEY_PASSWORD}</key-password>"));
        mutual("pkcs12", key.store("bridge.p12"));
        mutual("jks", key.store("bridge.jks"));
        mutual("no-certificate", "");
        mutual("stranger", strange.pem("bridge.key", ""));
        mutual("rotated", ClientKey.make(folder.resolve("rotated")).pem("bridge.key", ""));
        old("tls12", "<protocol>TLSv1.2</protocol>");
        old("tls13", "<protocol>TLSv1.3</protocol>");
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml.toString())
                .env("KEY_PASSWORD", ClientKey.PASSWORD)
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    private void mutual(final String name, final String own) {
        way(name, SecurityProtocol.SSL, own, "");
    }

    private void old(final String name, final String protocol) {
        way(
                name,
                SecurityProtocol.SASL_SSL,
                "<protocols>" + protocol + "</protocols>",
                "<authentication><plain><username>bridge</username><password>p</password></plain></authentication>");
    }

    /** The MQTT topic, the mapping and the cluster have the same name. */
    private void way(final String name, final SecurityProtocol protocol, final String tls, final String more) {
        xml.cluster(
                        name,
                        kafka.bootstrapServers(protocol),
                        "<delivery-timeout>2s</delivery-timeout><tls><ca-file>" + certificates.ca() + "</ca-file>" + tls
                                + "</tls>" + more)
                .mapping(name, name, KAFKA_TOPIC, name);
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"pem", "pem-encrypted", "pkcs12", "jks", "tls12"})
    void rightWay_takesRecords(final String way) {
        // When
        publish(way);

        // Then: by way of the spool, if the first handshake took too long
        await().atMost(LoadedBridge.LIMIT)
                .untilAsserted(() -> assertThat(Topics.keys(kafka, KAFKA_TOPIC)).contains(way));
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({
        "no-certificate, fatal alert: (bad_certificate|certificate_required)",
        "stranger, fatal alert: certificate_unknown",
        "tls13, fatal alert: protocol_version"
    })
    void wrongWay_isAnOutageWhoseLogNamesClusterAndCause(final String way, final String cause) {
        // When: acknowledged by way of the spool
        publish(way);

        // Then
        hivemq.awaitLog("Kafka cluster '" + way + "' takes no records.*" + cause, LoadedBridge.LIMIT);
        publish("pem"); // The ways beside it go on.
        assertThat(Topics.keys(kafka, KAFKA_TOPIC)).doesNotContain(way);
    }

    @Test
    @Order(3)
    void newCertificate_isTakenFromItsFiles() throws IOException {
        // Given: a certificate that the brokers don't trust
        publish("rotated");
        hivemq.awaitLog("Kafka cluster 'rotated' takes no records.*fatal alert", LoadedBridge.LIMIT);

        // When
        for (final String file : List.of("bridge.pem", "bridge.key")) {
            Files.copy(
                    folder.resolve("bridge").resolve(file),
                    folder.resolve("rotated").resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }

        // Then
        await().atMost(LoadedBridge.LIMIT)
                .untilAsserted(() -> assertThat(Topics.keys(kafka, KAFKA_TOPIC)).contains("rotated"));
        hivemq.awaitLog("is in force. Changed cluster: rotated", LoadedBridge.LIMIT);
    }

    @Test
    @Order(4)
    void passwordsAndKeys_areNotInTheLog() throws IOException {
        // Given
        final List<String> key = Files.readAllLines(folder.resolve("bridge/bridge.key"));

        // Then
        assertThat(hivemq.log()).doesNotContain(ClientKey.PASSWORD).doesNotContain(key.get(1));
    }

    private void publish(final String topic) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish(topic, 1, false, "secret enough".getBytes(StandardCharsets.UTF_8));
        }
    }
}
