package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** The publisher as a tool to try a set-up out with: rates, several clients, progress. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublisherLoadIT {

    private static final Pattern SUMMARY =
            Pattern.compile("(?m)^Published by (\\d+) clients? in ([\\d.]+) s: (\\d+) messages, ([\\d.]+)/s$");
    private static final Pattern LATENCIES =
            Pattern.compile("(?m)^Latency from (the planned )?PUBLISH to PUBACK: p50 ([\\d.]+)"
                    + "  p90 ([\\d.]+)  p99 ([\\d.]+)  p99.9 ([\\d.]+)  max ([\\d.]+) ms$");

    @TempDir
    private Path folder;

    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void start(@TempDir final Path stack) {
        kafka = Kafka.builder().folder(stack.resolve("kafka")).start();
        final BridgeXml xml = new BridgeXml().cluster("cluster01", kafka.bootstrapServers(), "");
        List.of("rate", "killed", "paused", "piped").forEach(topic -> {
            kafka.createTopic(topic, 1);
            xml.mapping(topic, "cluster01", topic, topic);
        });
        hivemq = HiveMq.builder()
                .folder(stack.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml.toString())
                .start();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
    }

    @Test
    void rate_isKeptByAllClientsTogether() {
        // When
        final String output = finish(publisher(
                "--topic",
                "rate",
                "--rate",
                "200",
                "--clients",
                "4",
                "--duration",
                "6s",
                "--size",
                "100",
                "--in-memory"));

        // Then: a line while it runs and a summary, nothing for each message, nothing for a terminal
        assertThat(output.lines()).hasSize(4).startsWith("Connected: 4 clients");
        assertThat(output).doesNotContain("\u001B", "\r");
        assertThat(output.lines().skip(1).findFirst().orElseThrow())
                .matches("  5 s  \\d+/s  \\d+ acknowledged  \\d+ in flight  p50 .*  p99 .*  max .* ms");
        final Matcher summary = find(SUMMARY, output);
        final int acknowledged = Integer.parseInt(summary.group(3));
        assertThat(acknowledged).isBetween(1150, 1200); // what is due in the last moment may be left out
        assertThat(Double.parseDouble(summary.group(4))).isCloseTo(200, within(10.0));
        assertThat(find(LATENCIES, output).group(1)).isEqualTo("the planned ");

        // Then: each client has its share, in messages of that size
        final List<ConsumerRecord<byte[], byte[]>> records = Topics.read(kafka, "rate");
        assertThat(records).hasSize(acknowledged).allSatisfy(record -> assertThat(record.value())
                .hasSize(100));
        for (int client = 1; client <= 4; client++) {
            final String id = "Publisher-" + client;
            assertThat(records.stream().filter(record -> clientId(record).equals(id)))
                    .as(id)
                    .hasSizeBetween(280, 300);
        }
    }

    @Test
    void latency_countsFromThePlanWhileTheBrokerStalls() {
        // Given
        try (JarProcess publisher = publisher(
                "--topic", "paused", "--rate", "100", "--duration", "6s", "--in-memory", "--client-id", "patient")) {
            await().until(() -> Topics.values(kafka, "paused").size() > 100);

            // When: it stalls for two of six seconds; nine messages are in flight, 200 have to wait
            hivemq.pause();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            hivemq.resume();

            // Then
            assertThat(publisher.exitCode()).as(publisher.errors()).isZero();
            final Matcher latencies = find(LATENCIES, publisher.output());
            assertThat(Double.parseDouble(latencies.group(3))).as("p90").isGreaterThan(500);
            assertThat(Double.parseDouble(latencies.group(6))).as("max").isGreaterThan(1900);
            assertThat(Topics.values(kafka, "paused"))
                    .hasSize(Integer.parseInt(find(SUMMARY, publisher.output()).group(3)));
        }
    }

    @Test
    void clients_loseNothingWhenHiveMqIsKilled() {
        // Given
        final List<String> lines =
                IntStream.range(0, 900).mapToObj(i -> "line " + i).toList();
        try (JarProcess publisher = publisher(
                "--topic", "killed", "--message", "-", "--rate", "150", "--clients", "3", "--client-id", "many")) {
            publisher.input(String.join("\n", lines));
            await().until(() -> Topics.values(kafka, "killed").size() > 100);

            // When
            hivemq.kill();
            publisher.awaitLine("Connection lost: .*");
            hivemq.start();

            // Then: what happens to all clients is said once
            assertThat(publisher.exitCode()).as(publisher.errors()).isZero();
            assertThat(publisher.errors().lines().filter(line -> line.startsWith("Connection lost: ")))
                    .hasSize(1);
            assertThat(publisher.output()).contains("Connected: 3 clients");
            assertThat(find(SUMMARY, publisher.output()).group(3)).isEqualTo("900");
        }
        assertThat(Topics.values(kafka, "killed")).containsAll(lines);
    }

    @Test
    void sigterm_summarizes() {
        // Given
        try (JarProcess publisher =
                publisher("--topic", "piped", "--rate", "50", "--clients", "2", "--client-id", "t")) {
            await().until(() -> Topics.values(kafka, "piped").size() > 20);

            // When
            publisher.terminate();

            // Then
            assertThat(publisher.exitCode()).isEqualTo(143);
            assertThat(find(SUMMARY, publisher.output()).group(1)).isEqualTo("2");
        }
    }

    private static String clientId(final ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("mqtt.client-id").value(), StandardCharsets.UTF_8);
    }

    private static Matcher find(final Pattern pattern, final String output) {
        final Matcher matcher = pattern.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return matcher;
    }

    private static String finish(final JarProcess started) {
        try (JarProcess process = started) {
            assertThat(process.exitCode()).as(process.errors()).isZero();
            assertThat(process.errors()).isEmpty();
            return process.output();
        }
    }

    private JarProcess publisher(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("--broker", "tcp://localhost:" + hivemq.mqttPort()));
        all.addAll(List.of(arguments));
        return JarProcess.start(folder, Artifacts.publisherJar(), all.toArray(String[]::new));
    }
}
