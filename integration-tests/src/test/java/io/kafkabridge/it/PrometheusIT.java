package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Checkout;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real Prometheus reads a real HiveMQ with both extensions: documentation, dashboard and alerts name what is really there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusIT {

    private static final Path DOCS = Checkout.root().resolve("docs/monitoring");
    private static final Pattern OWN_NAME = Pattern.compile("kafkabridge_[a-z_]+");
    private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    private final int port = Ports.free();
    private Kafka kafka;
    private HiveMq hivemq;
    private Prometheus prometheus;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        Prometheus.assumeInstalled();
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .property("auto.create.topics.enable", "false")
                .start();
        kafka.createTopic("t", 1);
        Files.writeString(folder.resolve("permissions"), "user device\ntopic readwrite #\n");
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .extension(Artifacts.bridgeZip())
                .extension(Artifacts.authZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", config())
                .env(
                        "HIVEMQ_FILE_AUTH_USERS",
                        PasswordFile.create(folder, "device", "secret").toString())
                .env(
                        "HIVEMQ_FILE_AUTH_PERMISSIONS",
                        folder.resolve("permissions").toString())
                .start();
        publish();
        prometheus = Prometheus.start(folder, prometheusConfig(folder));
        await().atMost(LoadedBridge.LIMIT).until(() -> prometheus.hasData("up == 1"));
    }

    @AfterAll
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (hivemq != null) {
            hivemq.close();
            kafka.close();
        }
    }

    private String config() {
        return new BridgeXml()
                .cluster(
                        "c1",
                        kafka.bootstrapServers(),
                        "<delivery-timeout>1s</delivery-timeout><missing-topic-timeout>1s</missing-topic-timeout>")
                .mappingWith(
                        "m1",
                        "c1",
                        "<kafka-topic>t</kafka-topic><timestamp-property>ts</timestamp-property>"
                                + "<filter><min-qos>1</min-qos></filter>",
                        "t")
                .mapping("m2", "c1", "no-such-topic", "missing")
                .monitoring(port, "")
                .toString();
    }

    /** The documented configuration, with this broker, and in a hurry. */
    private Path prometheusConfig(final Path folder) throws IOException {
        Files.writeString(
                folder.resolve("alerts.yml"),
                Files.readString(DOCS.resolve("alerts.yml")).replaceAll("for: [0-9]+m", "for: 1s"));
        final Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                Files.readString(DOCS.resolve("prometheus.yml"))
                        .replaceAll("_interval: [0-9]+s", "_interval: 1s")
                        .replace("hivemq:9398", "127.0.0.1:" + port));
        return config;
    }

    /** One of each: forwarded, held back, rejected. */
    private void publish() {
        try (MqttClients client = MqttClients.Version.MQTT_5.connect(
                hivemq.mqttPort(), new MqttClients.Login("device", "device", "secret"))) {
            client.publish("t", 1, false, "x".getBytes(StandardCharsets.UTF_8));
            client.publish("t", 0, false, "x".getBytes(StandardCharsets.UTF_8));
            client.publish("missing", 1, false, "x".getBytes(StandardCharsets.UTF_8));
        }
    }

    private Set<String> exposed() {
        return new Web(port)
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void files_areRightForPromtool() throws Exception {
        assertThat(Prometheus.promtool(DOCS, "check", "config", "prometheus.yml"))
                .contains("rules found");
        assertThat(Prometheus.promtool(DOCS, "check", "rules", "alerts.yml")).contains("SUCCESS");
        assertThat(Prometheus.promtool(DOCS, "test", "rules", "alerts-test.yml"))
                .contains("SUCCESS");
    }

    @Test
    void documentedMetrics_areThoseThatThereAre() throws Exception {
        // Given
        final Set<String> documented = new TreeSet<>();
        for (final String line : Files.readAllLines(DOCS.resolve("README.md"))) {
            if (line.startsWith("| `io.kafkabridge.")) {
                OWN_NAME.matcher(line).results().forEach(name -> documented.add(name.group()));
            }
        }

        // When
        final Set<String> exposed = exposed();

        // Then
        assertThat(exposed.stream()
                        .filter(name -> name.startsWith("kafkabridge_"))
                        .map(name -> name.replaceAll("_count$", ""))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(documented);
        assertThat(exposed).noneMatch(name -> name.startsWith("io_kafkabridge_"));
    }

    @Test
    void everyPanelOfTheDashboard_hasData() throws Exception {
        // Given
        final List<String> expressions = EXPRESSION
                .matcher(Files.readString(DOCS.resolve("grafana/dashboards/hivemq-kafka-bridge.json")))
                .results()
                .map(found -> found.group(1)
                        .replace("\\\"", "\"")
                        .replace("$__rate_interval", "1m")
                        .replaceAll("\\$(instance|cluster|mapping)", ".*"))
                .toList();
        assertThat(expressions).hasSizeGreaterThan(30);

        // Then
        await().atMost(LoadedBridge.LIMIT)
                .untilAsserted(() -> assertThat(expressions).allMatch(prometheus::hasData));
    }

    @Test
    void everyAlert_asksForMetricsThatThereAre() throws Exception {
        // Given
        final Set<String> exposed = exposed();

        // Then
        assertThat(OWN_NAME.matcher(Files.readString(DOCS.resolve("alerts.yml")))
                        .results()
                        .map(found -> found.group()))
                .isNotEmpty()
                .allMatch(exposed::contains);
        await().atMost(LoadedBridge.LIMIT).untilAsserted(() -> assertThat(prometheus.rules())
                .contains("\"health\":\"ok\"")
                .doesNotContain("\"health\":\"err\"", "\"health\":\"unknown\""));
    }

    @Test
    void killedKafka_firesAnAlertUntilItIsBack() {
        // Given
        final String firing = "ALERTS{alertname=\"BridgeClusterAway\", alertstate=\"firing\", cluster=\"c1\"}";
        assertThat(prometheus.hasData(firing)).isFalse();

        // When
        kafka.kill();
        publish();

        // Then
        await().atMost(LoadedBridge.LIMIT).until(() -> prometheus.hasData(firing));

        // When
        kafka.start();

        // Then
        await().atMost(LoadedBridge.LIMIT).until(() -> !prometheus.hasData(firing));
    }
}
