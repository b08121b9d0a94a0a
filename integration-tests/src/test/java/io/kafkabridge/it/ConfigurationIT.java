package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.it.MqttClients.Version;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.HiveMqBuilder;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Configurations, right and wrong, in a real HiveMQ. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationIT {

    private static final String CONFIG = "extensions/hivemq-kafka-bridge/conf/config.xml";
    private static final String SECRET = "S3cret";

    private static final String RIGHT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <kafka-configuration xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                                 xsi:noNamespaceSchemaLocation="kafka-extension.xsd">
              <kafka-clusters>
                <kafka-cluster>
                  <id>cluster01</id>
                  <bootstrap-servers>${ENV:BOOTSTRAP_SERVERS}</bootstrap-servers>
                </kafka-cluster>
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <mqtt-to-kafka-mapping>
                  <id>mapping01</id>
                  <cluster-id>cluster01</cluster-id>
                  <mqtt-topic-filters>
                    <mqtt-topic-filter>teste</mqtt-topic-filter>
                  </mqtt-topic-filters>
                  <kafka-topic>teste</kafka-topic>
                </mqtt-to-kafka-mapping>
              </mqtt-to-kafka-mappings>
            </kafka-configuration>
            """;

    private static final String MANY_PROBLEMS = """
            <kafka-configuration>
              <kafka-clusters>
                <kafka-cluster>
                  <id>cluster01</id>
                  <bootstrap-servers>localhost</bootstrap-servers>
                  <athentication/>
                  <authentication>
                    <plain>
                      <username>${ENV:NO_SUCH_USER}</username>
                      <password>S3cret-in-file ${SECRET_VARIABLE}</password>
                    </plain>
                  </authentication>
                  <delivery-timeout>${ENV:SECRET_VARIABLE}</delivery-timeout>
                </kafka-cluster>
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <mqtt-to-kafka-mapping>
                  <id>mapping01</id>
                  <cluster-id>cluster02</cluster-id>
                  <mqtt-topic-filters>
                    <mqtt-topic-filter>a/#/b</mqtt-topic-filter>
                    <mqtt-topic-filter>right</mqtt-topic-filter>
                  </mqtt-topic-filters>
                  <kafka-topic>a/b</kafka-topic>
                </mqtt-to-kafka-mapping>
              </mqtt-to-kafka-mappings>
            </kafka-configuration>
            """;

    private Kafka kafka;
    private Path secretFile;

    @BeforeAll
    void start(@TempDir final Path folder) throws IOException {
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        kafka.createTopic("teste", 1);
        secretFile = Files.writeString(folder.resolve("secret"), SECRET);
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    Stream<Arguments> wrongConfigurations() {
        return Stream.of(
                Arguments.of(
                        "many problems",
                        MANY_PROBLEMS,
                        List.of(
                                "has 7 problems",
                                "line 5, column 7: kafka-cluster > bootstrap-servers: \"localhost\": must be host:port",
                                "line 6, column 7: kafka-cluster > athentication: there is no such element;"
                                        + " did you mean <authentication>?",
                                "line 9, column 11: plain > username: ${ENV:NO_SUCH_USER}: the environment variable NO_SUCH_USER"
                                        + " isn't set",
                                "line 13, column 7: kafka-cluster > delivery-timeout: \"${ENV:SECRET_VARIABLE}\": must be a"
                                        + " duration",
                                "line 19, column 7: mqtt-to-kafka-mapping > cluster-id: \"cluster02\": no <kafka-cluster> has this"
                                        + " id",
                                "line 21, column 9: mqtt-topic-filters > mqtt-topic-filter: \"a/#/b\": # stands only at the end",
                                "line 24, column 7: mqtt-to-kafka-mapping > kafka-topic: \"a/b\": a Kafka topic has")),
                Arguments.of(
                        "malformed XML, in a password",
                        RIGHT.replace(
                                "</bootstrap-servers>",
                                "</bootstrap-servers><authentication><plain><username>bridge</username>\n"
                                        + "<password>abc&S3cret</password></plain></authentication>"),
                        List.of("has 1 problem", "line 8, column 21: not well-formed XML", "in a <password>")),
                Arguments.of(
                        "external entity",
                        "<!DOCTYPE kafka-configuration [<!ENTITY file SYSTEM \"" + secretFile.toUri() + "\">]>\n"
                                + RIGHT.substring(RIGHT.indexOf("<kafka-configuration"))
                                        .replace("teste", "&file;"),
                        List.of("has 1 problem", "line 1, column 10: a DOCTYPE isn't allowed here; remove it")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongConfigurations")
    void wrongConfiguration_isExplained_andNobodyIsLetIn(
            final String name, final String config, final List<String> explanations, @TempDir final Path folder) {
        // When
        try (HiveMq hivemq = hivemq(folder).file(CONFIG, config).start()) {

            // Then
            assertThat(hivemq.log())
                    .contains(explanations)
                    .contains(hivemq.home().resolve(CONFIG) + ": ", "The bridge is closed: no MQTT client is let in")
                    .doesNotContain(SECRET)
                    .doesNotContain("\tat ");
            assertThat(hivemq.home().resolve("extensions/hivemq-kafka-bridge/DISABLED"))
                    .doesNotExist();
            assertThatThrownBy(() -> publish(hivemq, name)).hasMessageContaining("SERVER_UNAVAILABLE");
        }
    }

    private HiveMqBuilder hivemq(final Path folder) {
        return HiveMq.builder()
                .folder(folder)
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .env("BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                .env("SECRET_VARIABLE", SECRET + "-in-environment");
    }

    private static void publish(final HiveMq hivemq, final String message) {
        try (MqttClients client = Version.MQTT_5.connect(hivemq.mqttPort())) {
            client.publish("teste", 1, false, message.getBytes(StandardCharsets.UTF_8));
        }
    }
}
