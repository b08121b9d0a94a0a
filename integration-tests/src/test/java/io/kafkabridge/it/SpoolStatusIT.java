package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits on the disk, as an operator looks at it while HiveMQ runs and clients publish. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpoolStatusIT {

    private static final Pattern RECORDS = Pattern.compile("  records: ([\\d,]+) \\(");

    @SuppressWarnings("NullAway.Init") // From start.
    private Path folder;

    @SuppressWarnings("NullAway.Init") // From start.
    private LoadedBridge bridge;

    @BeforeAll
    void start(@TempDir final Path temp) {
        folder = temp;
        bridge = new LoadedBridge(folder, Kafka.builder()).startHiveMq("").startClients();
        bridge.load().awaitProgress();
    }

    @AfterAll
    void close() {
        bridge.close();
    }

    /** As it lies in HiveMQ's folder: it finds the data by itself. */
    private JarProcess status(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("spool", "status"));
        all.addAll(List.of(arguments));
        final Path jar = folder.resolve("hivemq/extensions/hivemq-kafka-bridge")
                .resolve(Artifacts.bridgeJar().getFileName().toString());
        return JarProcess.start(folder, jar, all.toArray(String[]::new));
    }

    private static long records(final String output) {
        final Matcher matcher = RECORDS.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    @Test
    @Order(1)
    void status_whileKafkaIsAway_tellsWhatWaits_andDisturbsNobody() {
        // Given
        bridge.awaitLog(bridge.kafka()::kill, LoadedBridge.AWAY);
        bridge.load().awaitProgress();
        final String config = folder.resolve("hivemq/extensions/hivemq-kafka-bridge/conf/config.xml")
                .toString();

        // When
        long before = 0;
        for (final String[] arguments : List.of(new String[] {"--config", config}, new String[] {"--verify"})) {
            try (JarProcess status = status(arguments)) {

                // Then
                assertThat(status.exitCode()).as(status.errors()).isZero();
                assertThat(status.errors()).isEmpty();
                assertThat(status.output())
                        .contains("Kafka cluster cluster01, in ", "oldest record: ", "newest record: ", "room: ")
                        .doesNotContain("!");
                final long now = records(status.output());
                assertThat(now).isGreaterThan(before);
                before = now;
            }
            bridge.load().awaitProgress();
        }
    }

    @Test
    @Order(2)
    void status_onceKafkaIsBack_tellsThatNothingWaits_andNothingIsLost() {
        // When
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);

        // Then
        bridge.verify();
        try (JarProcess status = status()) {
            assertThat(status.exitCode()).as(status.errors()).isZero();
            assertThat(status.output()).contains("  records: 0\n", "Kafka last took records from it: ");
        }
    }

    @Test
    @Order(3)
    void log_tellsTheOutage_withDurationsAndCounts() {
        final String cluster = "Kafka cluster 'cluster01' ";
        final List<String> lines = bridge.hivemq()
                .log()
                .lines()
                .filter(line -> line.contains(cluster))
                .toList();
        assertThat(String.join("\n", lines))
                .containsPattern(
                        "WARN .*" + cluster + "takes no records, for \\d+ s now; [\\d,]+ records? \\(.*\\) are safe on"
                                + " the disk, with room for .*GiB more\\. No broker answers: is Kafka running")
                .containsPattern(
                        "INFO .*" + cluster + "is back after \\d+.*; the spool is drained: [\\d,]+ records \\(")
                .containsPattern("INFO .*" + cluster
                        + "takes records again, after \\d+.*: it got [\\d,]+ records out of the spool in ");
    }

    @Test
    @Order(4)
    void completion_isAScriptThatBashTakes() throws Exception {
        // When
        final Path jar = Artifacts.bridgeJar();
        try (JarProcess completion = JarProcess.start(folder, jar, "--generate-completion")) {

            // Then
            assertThat(completion.exitCode()).isZero();
            final Process bash = new ProcessBuilder(
                            "bash",
                            "-c",
                            "source /dev/stdin && COMP_WORDS=(hivemq-kafka-bridge spool status --ver) COMP_CWORD=3"
                                    + " && _complete_hivemq-kafka-bridge && echo \"${COMPREPLY[@]}\""
                                    + " && hivemq-kafka-bridge --version")
                    .redirectErrorStream(true)
                    .start();
            try (var input = bash.outputWriter(StandardCharsets.UTF_8)) {
                input.write(completion.output());
            }
            assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("--verify")
                    .contains("HiveMQ Kafka Bridge ");
        }
    }
}
