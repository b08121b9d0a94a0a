package io.kafkabridge.extension.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.codahale.metrics.Gauge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.extension.bridge.RunningBridgeTest.Broker;
import io.kafkabridge.extension.intake.PublishLimits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A start with a configuration that can't be used: the last good one counts, or the gate is closed, until it is mended. */
class BrokenConfigTest {

    private static final String XML = """
            <kafka-configuration>
              <kafka-clusters>
                <kafka-cluster>
                  <id>c1</id><bootstrap-servers>${ENV:SERVERS}</bootstrap-servers><shutdown-timeout>1s</shutdown-timeout>
                  %s
                </kafka-cluster>
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <!-- <password>in a comment</password> -->
                <mqtt-to-kafka-mapping>
                  <id>m1</id>
                  <cluster-id>c1</cluster-id>
                  <mqtt-topic-filters><mqtt-topic-filter>a</mqtt-topic-filter></mqtt-topic-filters>
                  <kafka-topic>a</kafka-topic>
                </mqtt-to-kafka-mapping>
              </mqtt-to-kafka-mappings>
            </kafka-configuration>
            """;

    private static final String PLAIN =
            "<authentication><plain><username>u</username><password>%s</password></plain></authentication>";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Map<String, String> environment =
            new HashMap<>(Map.of("SERVERS", "127.0.0.1:1", "PASSWORD", "S3cret"));
    private Path file;
    private Path kept;
    private Broker broker = new Broker(0, true);
    private @Nullable RunningBridge running;

    @BeforeEach
    void name() {
        file = folder.resolve("config.xml");
        kept = folder.resolve("data/config-in-force.xml");
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.stop();
        }
    }

    private void write(final String cluster) throws IOException {
        Files.writeString(file, XML.formatted(cluster));
    }

    private void writeWrong() throws IOException {
        write("<wrong/>");
    }

    private void start() throws InterruptedException {
        if (running != null) {
            running.stop();
        }
        broker = new Broker(Integer.MAX_VALUE, true);
        running = RunningBridge.start(
                new RunningBridge.Place(folder, file, folder.resolve("data"), "1.2.3", PublishLimits.NONE, environment),
                broker);
    }

    private int state() {
        final Gauge<?> gauge = broker.getGauges().get("io.kafkabridge.configuration.state");
        return ((Number) requireNonNull(gauge).getValue()).intValue();
    }

    private boolean forwards() {
        return broker.getGauges().containsKey("io.kafkabridge.cluster.c1.state");
    }

    private void assertClosed() {
        assertThat(requireNonNull(broker.gate).isClosed()).isTrue();
        assertThat(state()).isEqualTo(2);
        assertThat(forwards()).isFalse();
    }

    private void assertGoesByTheFile() {
        assertThat(state()).isZero();
        assertThat(forwards()).isTrue();
        assertThat(broker.gate == null || !broker.gate.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "a folder", "empty", "wrong", "a variable is missing"})
    void unusable_withoutAnEarlierOne_isClosed_untilItIsMended(final String how) throws Exception {
        // Given
        switch (how) {
            case "a folder" -> Files.createDirectory(file); // Root reads every file.
            case "empty" -> Files.createFile(file);
            case "wrong" -> writeWrong();
            case "a variable is missing" -> write("<linger>${ENV:NO_SUCH}</linger>");
            default -> assertThat(file).doesNotExist();
        }

        // When
        start();

        // Then
        assertClosed();
        assertThat(kept).doesNotExist();

        // When
        Files.deleteIfExists(file);
        write("");

        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertGoesByTheFile();
            assertThat(kept).exists();
        });
    }

    @Test
    void wrong_withAnEarlierOne_goesByThat_untilItIsMended() throws Exception {
        // Given
        write(PLAIN.formatted("${ENV:PASSWORD}"));
        start();
        assertGoesByTheFile();
        writeWrong();

        // When
        start();

        // Then
        assertThat(broker.gate)
                .as("no gate, so that HiveMQ sees who says who may connect")
                .isNull();
        assertThat(state()).isEqualTo(1);
        assertThat(forwards()).isTrue();

        // When
        write(PLAIN.formatted("${ENV:PASSWORD}"));

        // Then
        await().atMost(LIMIT).until(() -> state() == 0);
    }

    @Test
    void wrongWhileItRuns_isToldAndKeepsTheOneBefore() throws Exception {
        // Given
        write("");
        start();

        // When
        writeWrong();

        // Then
        await().atMost(LIMIT).until(() -> state() == 1);
        assertThat(forwards()).isTrue();
    }

    @Test
    void earlierOne_thatIsRefusedToo_isClosed() throws Exception {
        // Given: what an older version took
        write("");
        start();
        Files.writeString(kept, XML.formatted("<old-setting/>"));
        write("<old-setting/>");

        // When
        start();

        // Then
        assertClosed();
    }

    @Test
    void earlierOne_whoseVariableIsMissing_isClosed() throws Exception {
        // Given
        write("");
        start();
        environment.remove("SERVERS");

        // When
        start();

        // Then
        assertClosed();
    }

    @Test
    void copy_hasNeitherSecretsNorComments() throws Exception {
        // When
        write(PLAIN.formatted("${ENV:PASSWORD}"));
        start();

        // Then
        assertThat(kept)
                .content(StandardCharsets.UTF_8)
                .contains("<password>${ENV:PASSWORD}</password>")
                .doesNotContain("S3cret", "in a comment");

        // When
        write(PLAIN.formatted("written out"));
        start();

        // Then
        assertThat(kept).as("of a file with a secret").doesNotExist();
    }

    @Test
    void openOnRequest_letsClientsIn_andForwardsNothing() throws Exception {
        // Given
        environment.put(KafkaBridgeExtension.BROKEN_CONFIG_VARIABLE, "open");
        writeWrong();

        // When
        start();

        // Then
        assertThat(broker.gate).isNull();
        assertThat(state()).isEqualTo(3);
        assertThat(forwards()).isFalse();
    }

    /** So that the closed gate is asked before File Auth, whose decision would be final. */
    @Test
    void priority_isAboveFileAuths() throws Exception {
        assertThat(priority("src/hivemq-extension/hivemq-extension.xml"))
                .isGreaterThan(priority("../auth/src/hivemq-extension/hivemq-extension.xml"));
    }

    private static int priority(final String xml) throws IOException {
        return Integer.parseInt(Files.readString(Path.of(xml)).replaceAll("(?s).*<priority>(\\d+)</priority>.*", "$1"));
    }
}
