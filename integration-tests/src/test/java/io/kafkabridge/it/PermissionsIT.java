package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.it.MqttClients.Login;
import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What the broker refuses for lack of permission never reaches Kafka, and all the rest does. The file auth zip decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PASSWORD = "correct horse: battery \\ staple";
    private static final String CLIENT_ID = "gateway-1";

    private static final String GATEWAY = """
            user gateway
            topic write open/#
            topic deny open/closed
            pattern write byclient/%c/#
            pattern write byuser/%u/#
            pattern deny byuser/%u/closed
            """;

    private Kafka kafka;
    private HiveMq hivemq;
    private Path permissionsFile;
    private Path usersFile;

    @BeforeAll
    void start(@TempDir final Path folder) throws IOException {
        usersFile = PasswordFile.create(folder, "gateway", PASSWORD);
        final String gateway = Files.readString(usersFile);
        Files.writeString(
                usersFile,
                gateway.strip() + ": with a comment\nsomebody:a password in clear puts out somebody alone\n"
                        + AclCase.all()
                                .map(acl -> gateway.replace("gateway", acl.user()))
                                .collect(Collectors.joining()));
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        kafka.createTopic("all", 1);
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .extension(Artifacts.authZip())
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-file-auth/conf/permissions", permissions(""))
                .env("HIVEMQ_FILE_AUTH_USERS", usersFile.toString())
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        new BridgeXml()
                                .cluster("cluster01", kafka.bootstrapServers(), "")
                                .mapping("all", "cluster01", "all", "#", "$vendor/#")
                                .toString())
                .start();
        permissionsFile = hivemq.home().resolve("extensions/hivemq-file-auth/conf/permissions");
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    private static String permissions(final String moreForGateway) {
        return GATEWAY
                + moreForGateway
                + AclCase.all().map(AclCase::permissions).collect(Collectors.joining());
    }

    static Stream<Arguments> publishes() {
        return Stream.of(Version.MQTT_3_1_1, Version.MQTT_5).flatMap(version -> IntStream.rangeClosed(0, 2)
                .boxed()
                .flatMap(qos -> Stream.of(
                        Arguments.of(version, qos, "open/a", true),
                        Arguments.of(version, qos, "byclient/" + CLIENT_ID + "/a", true),
                        Arguments.of(version, qos, "byuser/gateway/a", true),
                        Arguments.of(version, qos, "elsewhere", false),
                        Arguments.of(version, qos, "open/closed", false),
                        Arguments.of(version, qos, "byclient/gateway-2/a", false),
                        Arguments.of(version, qos, "byuser/somebody/a", false),
                        Arguments.of(version, qos, "byuser/gateway/closed", false))));
    }

    @ParameterizedTest(name = "{0}, QoS {1}, topic {2}: allowed {3}")
    @MethodSource("publishes")
    void publish_isInKafkaOnlyIfAllowed(
            final Version version, final int qos, final String topic, final boolean allowed) {
        // When
        final String message = version + " " + qos + " " + topic;
        final boolean accepted = isAccepted(version, "gateway", qos, topic, message);

        // Then
        assertThat(accepted).isEqualTo(allowed);
        assertThat(inKafka().contains(message)).isEqualTo(allowed);
    }

    static Stream<AclCase> aclCases() {
        return AclCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aclCases")
    void bridge_decidesAsTheBroker(final AclCase acl) {
        // When
        final String message = "case " + acl;
        final boolean accepted = isAccepted(Version.MQTT_5, acl.user(), 1, acl.topic(), message);

        // Then
        assertThat(inKafka().contains(message)).as("is in Kafka").isEqualTo(accepted);
        assertThat(accepted).as("accepted by the broker").isEqualTo(acl.allowed());
    }

    @Test
    void logins_withWrongCredentials_areRefused() {
        final String clientId = UUID.randomUUID().toString();
        Stream.of(
                        new Login(clientId, "gateway", "wrong"),
                        new Login(clientId, "nobody", PASSWORD),
                        new Login(clientId, "gateway", ""),
                        new Login(clientId, null, ""))
                .forEach(login -> {
                    assertThatThrownBy(() -> Version.MQTT_5.connect(hivemq.mqttPort(), login))
                            .isInstanceOf(Mqtt5ConnAckException.class);
                    assertThatThrownBy(() -> Version.MQTT_3_1_1.connect(hivemq.mqttPort(), login))
                            .isInstanceOf(Mqtt3ConnAckException.class);
                });
    }

    @Test
    void changedPermissions_countForBrokerAndBridge() throws IOException {
        // Given
        final Login login = new Login("connected", "gateway", PASSWORD);
        try (MqttClients connected = Version.MQTT_5.connect(hivemq.mqttPort(), login)) {
            connected.publish("open/first", 1, false, bytes("first"));
            assertThat(isAccepted(Version.MQTT_5, "gateway", 1, "later", "too early"))
                    .isFalse();

            // When allowed
            Files.writeString(permissionsFile, permissions("topic write later\n"));
            await().atMost(LIMIT).until(() -> isAccepted(Version.MQTT_5, "gateway", 1, "later", "new connection"));

            // Then for the old connection, too
            connected.publish("later", 1, false, bytes("old connection"));
            assertThat(inKafka()).contains("new connection", "old connection").doesNotContain("too early");

            // When denied
            Files.writeString(permissionsFile, permissions("topic deny later\n"));
            await().atMost(LIMIT).until(() -> !isAccepted(Version.MQTT_5, "gateway", 1, "later", "still allowed"));

            // Then for the old connection, too
            assertThatThrownBy(() -> connected.publish("later", 1, false, bytes("too late")))
                    .isInstanceOfAny(Mqtt5PubAckException.class, MqttSessionExpiredException.class);
            assertThat(isAccepted(Version.MQTT_5, "gateway", 1, "later", "much too late"))
                    .isFalse();
            assertThat(inKafka()).doesNotContain("too late", "much too late");
        }
    }

    @Test
    void connectionWhoseIdCameAgainInVain_followsThePermissions() throws IOException {
        // Given
        Files.writeString(permissionsFile, permissions("topic write later\n"));
        await().atMost(LIMIT).until(() -> isAccepted(Version.MQTT_5, "gateway", 1, "later", "may publish"));
        final Login login = new Login("came-twice", "gateway", PASSWORD);
        try (MqttClients connected = Version.MQTT_5.connect(hivemq.mqttPort(), login)) {
            connectInVain(login);
            connected.publish("later", 1, false, bytes("still connected"));

            // When
            Files.writeString(permissionsFile, permissions("topic deny later\n"));
            await().atMost(LIMIT).until(() -> !isAccepted(Version.MQTT_5, "gateway", 1, "later", "not yet"));

            // Then
            assertThatThrownBy(() -> connected.publish("later", 1, false, bytes("after the change")))
                    .isInstanceOfAny(Mqtt5PubAckException.class, MqttSessionExpiredException.class);
            assertThat(inKafka()).contains("still connected").doesNotContain("after the change");
            // Once a minute: it may be the one of the other test.
            hivemq.awaitLog("Client '.*': refused, its last will may not be published.*'not-allowed/", LIMIT);
        }
    }

    @Test
    void connectionWhoseIdCameAgainInVain_endsWithItsUser() throws IOException, InterruptedException {
        // Given
        final String others = Files.readString(usersFile);
        final String leaver = others.lines()
                .filter(line -> line.startsWith("gateway:"))
                .map(line -> line.replace("gateway:", "leaver:"))
                .collect(Collectors.joining());
        Files.writeString(usersFile, others + leaver + "\n");
        final Login login = new Login("leaver-1", "leaver", PASSWORD);
        await().atMost(LIMIT)
                .ignoreException(Mqtt5ConnAckException.class)
                .until(() -> isAccepted(Version.MQTT_5, "leaver", 1, "byuser/leaver", "user is known"));
        try (MqttClients connected = Version.MQTT_5.connect(hivemq.mqttPort(), login)) {
            connectInVain(login);
            connected.publish("byuser/leaver", 1, false, bytes("leaver is connected"));
            collectGarbage(); // What is left of the second connection.

            // When
            Files.writeString(usersFile, others);

            // Then
            await().atMost(LIMIT).until(() -> !isConnected(connected));
        }
    }

    /** A connection with the same client id, which HiveMQ refuses after the password was found right. */
    private void connectInVain(final Login login) {
        final var second = MqttClient.builder()
                .useMqttVersion5()
                .identifier(login.clientId())
                .serverHost("127.0.0.1")
                .serverPort(hivemq.mqttPort())
                .simpleAuth()
                .username(String.valueOf(login.user()))
                .password(bytes(login.password()))
                .applySimpleAuth()
                .willPublish()
                .topic("not-allowed/" + login.clientId())
                .applyWillPublish()
                .buildBlocking();
        assertThatThrownBy(second::connect).isInstanceOf(Mqtt5ConnAckException.class);
    }

    private void collectGarbage() throws IOException, InterruptedException {
        final String jcmd =
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        final Process process = new ProcessBuilder(jcmd, String.valueOf(hivemq.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static boolean isConnected(final MqttClients client) {
        try {
            client.publish("byuser/leaver", 1, false, bytes("connected?"));
            return true;
        } catch (final MqttSessionExpiredException | MqttClientStateException gone) {
            return false;
        }
    }

    /** Publishes on a new connection and tells whether the broker took it. */
    private boolean isAccepted(
            final Version version, final String user, final int qos, final String topic, final String message) {
        final Login login = new Login(CLIENT_ID, user, PASSWORD);
        try (MqttClients client = version.connect(hivemq.mqttPort(), login)) {
            client.publish(topic, qos, false, bytes(message));
            if (qos == 0) {
                // No answer; but the broker closes the connection of a client that publishes where it may not.
                client.publish("byclient/" + CLIENT_ID, 1, false, bytes("still connected"));
            }
            return true;
        } catch (final Mqtt5PubAckException
                | Mqtt5PubRecException
                | MqttSessionExpiredException
                | MqttClientStateException refused) {
            return false;
        }
    }

    /** The payloads in Kafka, once everything is there that came before. */
    private List<String> inKafka() {
        final String last = UUID.randomUUID().toString();
        assertThat(isAccepted(Version.MQTT_3_1_1, "gateway", 1, "open/last", last))
                .isTrue();
        return Topics.values(kafka, "all");
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
