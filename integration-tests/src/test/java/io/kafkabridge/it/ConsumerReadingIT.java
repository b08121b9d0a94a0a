package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** What the consumer reads and shows: where it begins and ends, filters, formats; and the shell's completion of both tools. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumerReadingIT {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path folder;

    private Kafka kafka;
    private int groups;

    @BeforeAll
    void start(@TempDir final Path stack) throws ExecutionException, InterruptedException {
        kafka = Kafka.builder()
                .folder(stack.resolve("kafka"))
                .property("group.initial.rebalance.delay.ms", "0")
                .start();
        kafka.createTopic("teste", 2);
        kafka.createTopic("empty", 1);
        // Partition 0 has a0 to a4, partition 1 has b0 to b4, a minute apart each.
        for (int i = 0; i < 5; i++) {
            produce(0, i, "plant/" + i + "/temp", "a" + i);
            produce(1, i, "plant/" + i + "/hum", "b" + i);
        }
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                                  | a0 a1 a2 a3 a4 b0 b1 b2 b3 b4",
                "--from end                        | ''",
                "--from 3                          | a3 a4 b3 b4",
                "--from -1                         | a4 b4",
                "--from 2026-11-23T12:03:00Z       | a3 a4 b3 b4",
                "--from 1s                         | ''",
                "--from-beginning --partition 1    | b0 b1 b2 b3 b4",
                "--key plant/2/temp                | a2",
                "--key-glob plant/?/temp           | a0 a1 a2 a3 a4",
                "--key-regex ^plant/[23]/t         | a2 a3",
                "--header n=4                      | a4 b4",
                "--header n --header unit=C        | a0 a1 a2 a3 a4",
                "--partition 0 --header n=3 --count 1 | a3",
            })
    void records_areThoseAskedFor(final String options, final String values) {
        // When
        final String output =
                finish(consumer(("--until-end --format value " + (options == null ? "" : options)).split(" ")));

        // Then
        assertThat(output.lines()).containsExactlyInAnyOrder(values.isEmpty() ? new String[0] : values.split(" "));
    }

    @Test
    void untilEnd_readsWhatIsNewForTheGroup() throws ExecutionException, InterruptedException {
        // Given
        kafka.createTopic("news", 1);
        final String[] options = {"--topic", "news", "--group", "reader", "--until-end"};
        produce("news", "one");
        assertThat(finish(consumer(options))).isEqualTo("Received message: one\n");
        assertThat(finish(consumer(options))).isEmpty();

        // When
        produce("news", "two");

        // Then
        assertThat(finish(consumer(options))).isEqualTo("Received message: two\n");
    }

    @Test
    void untilEnd_endsOnAnEmptyTopic() {
        // When, Then
        assertThat(finish(consumer("--topic", "empty", "--until-end"))).isEmpty();
    }

    @Test
    void follow_waitsForMore() throws ExecutionException, InterruptedException {
        // Given
        kafka.createTopic("followed", 1);
        produce("followed", "first");
        try (JarProcess consumer = consumer("--topic", "followed", "--follow")) {
            consumer.awaitLine("Received message: first");

            // When
            produce("followed", "second");

            // Then
            consumer.awaitLine("Received message: second");
            consumer.terminate();
            assertThat(consumer.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void colours_areForTerminals() {
        // When
        final String piped = finish(consumer("--until-end", "--verbose"));
        final String forced = finish(consumer("--until-end", "--verbose", "--color", "always"));

        // Then
        assertThat(piped).contains("Received message: a0").doesNotContain("\u001B");
        assertThat(forced).contains("\u001B[2mReceived message: \u001B[22ma0");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "publisher, --dur, --duration",
        "publisher, --qos ?, 0 1 2",
        "consumer, --until, --until-end",
        "consumer, --format ?, text json value",
        "consumer, --from ?, beginning end",
    })
    void bash_completesOptions(final String tool, final String typed, final String offered) throws Exception {
        // Given
        final Path jar = tool.equals("publisher") ? Artifacts.publisherJar() : Artifacts.consumerJar();
        final Path script = folder.resolve(tool + "-completion");
        Files.writeString(script, finish(JarProcess.start(folder, jar, "--generate-completion")));
        assertThat(bash("bash -n '" + script + "'")).isEmpty();

        // When: what bash does at the Tab key
        final String words = tool + " " + typed.replace("?", "''");
        final String answer = bash("compopt() { :; }; source '" + script + "'; COMP_WORDS=(" + words
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_" + tool
                + "; echo \"${COMPREPLY[@]}\"");

        // Then
        assertThat(answer.split("\\s+")).containsExactly(offered.split(" "));
    }

    private String bash(final String command) throws IOException, InterruptedException {
        final Process bash = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        final String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(output).isZero();
        return output.strip();
    }

    private void produce(final int partition, final int number, final String key, final String value)
            throws ExecutionException, InterruptedException {
        final ProducerRecord<String, String> record = new ProducerRecord<>(
                "teste", partition, NOON.plusSeconds(60L * number).toEpochMilli(), key, value);
        record.headers().add("n", String.valueOf(number).getBytes(StandardCharsets.UTF_8));
        if (partition == 0) {
            record.headers().add("unit", new byte[] {'C'});
        }
        send(record);
    }

    private void produce(final String topic, final String value) throws ExecutionException, InterruptedException {
        send(new ProducerRecord<>(topic, value));
    }

    private void send(final ProducerRecord<String, String> record) throws ExecutionException, InterruptedException {
        final Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(record).get();
        }
    }

    private static String finish(final JarProcess started) {
        try (JarProcess process = started) {
            assertThat(process.exitCode()).as(process.errors()).isZero();
            assertThat(process.errors()).isEmpty();
            return process.output();
        }
    }

    /** Each has a group of its own, unless told otherwise. */
    private JarProcess consumer(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        if (!List.of(arguments).contains("--group")) {
            all.addAll(List.of("--group", "group-" + groups++));
        }
        all.addAll(List.of(arguments));
        return JarProcess.start(folder, Artifacts.consumerJar(), all.toArray(String[]::new));
    }
}
