package io.kafkabridge.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The zip unpacked into an otherwise untouched HiveMQ CE, with the configuration that it brings. Both ends are programs that
 * share no code with the rest: {@code mosquitto_pub} and {@code kcat}, without which these tests are skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DroppedInIT {

    private static final String TOPIC = "teste";

    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void start(@TempDir final Path folder) {
        Stream.of("mosquitto_pub", "kcat").forEach(tool -> assumeTrue(isInstalled(tool), tool + " isn't installed"));
        kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
        kafka.createTopic(TOPIC, 1);
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .env("BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                .start();
    }

    @AfterAll
    void stop() {
        if (hivemq != null) {
            hivemq.close();
            kafka.close();
        }
    }

    @ParameterizedTest(name = "MQTT {0}, QoS {1}")
    @CsvSource({
        "mqttv31,  0", "mqttv31,  1", "mqttv31,  2",
        "mqttv311, 0", "mqttv311, 1", "mqttv311, 2",
        "mqttv5,   0", "mqttv5,   1", "mqttv5,   2"
    })
    void defaultConfiguration_forwardsTeste(final String version, final String qos) throws Exception {
        // When
        final String message = "olá " + version + " " + qos;
        run(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(hivemq.mqttPort()),
                "-V",
                version,
                "-q",
                qos,
                "-t",
                TOPIC,
                "-m",
                message);

        // Then
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(kcat()).containsOnlyOnce(TOPIC + "=" + message));
    }

    private List<String> kcat() throws IOException, InterruptedException {
        return run(
                        "kcat",
                        "-q",
                        "-b",
                        kafka.bootstrapServers(),
                        "-C",
                        "-t",
                        TOPIC,
                        "-e",
                        "-o",
                        "beginning",
                        "-f",
                        "%k=%s\\n")
                .lines()
                .toList();
    }

    private static String run(final String... command) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static boolean isInstalled(final String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
