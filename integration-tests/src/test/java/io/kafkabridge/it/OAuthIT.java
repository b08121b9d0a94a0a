package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.Certificates;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A Kafka that takes signed tokens only, and an identity provider that gives them over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OAuthIT {

    private static final String SECRET = "S3cret/+ =&%";
    private static final String KAFKA_TOPIC = "tokens";
    private static final String LISTENER = "listener.name.sasl_plaintext.";
    private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.";

    private TokenEndpoint endpoint;
    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void start(@TempDir final Path folder) {
        final Certificates certificates = Certificates.in(folder.resolve("certificates"));
        endpoint = TokenEndpoint.start("not yet this one", certificates);
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.SASL_PLAINTEXT)
                .property(LISTENER + "sasl.enabled.mechanisms", "OAUTHBEARER")
                .property(LISTENER + "oauthbearer.sasl.jaas.config", OAUTH + "OAuthBearerLoginModule required;")
                .property(
                        LISTENER + "oauthbearer.sasl.server.callback.handler.class",
                        OAUTH + "OAuthBearerValidatorCallbackHandler")
                .property(LISTENER + "oauthbearer.sasl.oauthbearer.jwks.endpoint.url", endpoint.keysUrl())
                .property(LISTENER + "oauthbearer.sasl.oauthbearer.expected.issuer", TokenEndpoint.ISSUER)
                .property(LISTENER + "oauthbearer.sasl.oauthbearer.expected.audience", TokenEndpoint.AUDIENCE)
                .jvmOption("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + endpoint.keysUrl())
                .start();
        kafka.createTopic(KAFKA_TOPIC, 1);
        final String oauth = """
                <delivery-timeout>1s</delivery-timeout>
                <authentication><oauthbearer><token-endpoint>%s</token-endpoint><client-id>%s</client-id>
                <client-secret>${ENV:CLIENT_SECRET}</client-secret><scope>kafka</scope>%s</oauthbearer></authentication>
                """;
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        new BridgeXml()
                                .cluster(
                                        "private-ca",
                                        kafka.bootstrapServers(),
                                        oauth.formatted(
                                                endpoint.url(),
                                                TokenEndpoint.CLIENT,
                                                "<ca-file>" + certificates.ca() + "</ca-file>"))
                                .mapping("private-ca", "private-ca", KAFKA_TOPIC, "private-ca")
                                .cluster(
                                        "jvm-cas",
                                        kafka.bootstrapServers(),
                                        oauth.formatted(endpoint.url(), TokenEndpoint.CLIENT, ""))
                                .mapping("jvm-cas", "jvm-cas", KAFKA_TOPIC, "jvm-cas")
                                .toString())
                .env("CLIENT_SECRET", SECRET)
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
        endpoint.close();
    }

    @Test
    @Order(1)
    void refusedSecret_isAnOutageThatIsToldOnce() {
        // When: acknowledged by way of the spool
        publish("private-ca", "first");
        publish("private-ca", "second");

        // Then
        hivemq.awaitLog(
                "Kafka cluster 'private-ca' takes no records.*no token from " + endpoint.url()
                        + ".*response code 401.*invalid_client.*wrong secret",
                LoadedBridge.LIMIT);
        assertThat(Topics.values(kafka, KAFKA_TOPIC)).isEmpty();
    }

    @Test
    @Order(2)
    void endpointWithACaThatNobodyKnows_isAnOutage() {
        // When
        publish("jvm-cas", "never");

        // Then
        hivemq.awaitLog(
                "Kafka cluster 'jvm-cas' takes no records.*no token from.*PKIX path building failed",
                LoadedBridge.LIMIT);
    }

    @Test
    @Order(3)
    void acceptedSecret_endsTheOutage() {
        // When
        endpoint.setSecret(SECRET);

        // Then
        hivemq.awaitLog("Kafka cluster 'private-ca' takes records again", LoadedBridge.LIMIT);
        publish("private-ca", "third");
        await().atMost(LoadedBridge.LIMIT).untilAsserted(() -> assertThat(Topics.values(kafka, KAFKA_TOPIC))
                .containsExactly("first", "second", "third"));
    }

    @Test
    @Order(4)
    void outage_wasToldOnceAndShowsNoSecretAndNoToken() {
        // Given
        final String log = hivemq.log();

        // Then
        assertThat(log.lines().filter(line -> line.contains("Kafka cluster 'private-ca' takes no records")))
                .hasSizeLessThanOrEqualTo(2); // The cause may be known a little later, and then is told.
        assertThat(log).doesNotContain(SECRET).doesNotContain("\tat ").doesNotContain(" ERROR ");
        assertThat(endpoint.issued()).isNotEmpty().allSatisfy(token -> assertThat(log)
                .doesNotContain(token));
    }

    private void publish(final String topic, final String message) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish(topic, 1, false, message.getBytes(StandardCharsets.UTF_8));
        }
    }
}
