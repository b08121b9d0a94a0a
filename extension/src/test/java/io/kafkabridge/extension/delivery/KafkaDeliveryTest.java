package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.config.KafkaCluster;
import io.kafkabridge.extension.config.SpoolSettings;
import io.kafkabridge.extension.status.MappingMetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The decisions of a delivery, with Kafka's own fake of a producer. The real one is used in the integration tests. */
class KafkaDeliveryTest {

    private static final KafkaCluster CLUSTER = new KafkaCluster(
            "c1",
            "127.0.0.1:9092",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1 << 20,
            new SpoolSettings(2 << 20, 0, Duration.ZERO),
            1 << 20,
            Optional.of("dead"),
            Duration.ofSeconds(1));

    private final FakeProducers producers = new FakeProducers();
    private final MetricRegistry registry = new MetricRegistry();
    private final MappingMetrics metrics = new MappingMetrics(registry, "m1");

    @TempDir
    private Path data;

    private KafkaDelivery delivery;

    @BeforeEach
    void start() {
        delivery = newDelivery();
        delivery.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        delivery.stop();
        delivery.awaitStopped();
    }

    private KafkaDelivery newDelivery() {
        return new KafkaDelivery(
                CLUSTER, List.of("t"), Map.of("m1", metrics), data, new Producers(CLUSTER, producers::open));
    }

    private Outcome send(final String value, final Persistence persistence) {
        return send(value.getBytes(StandardCharsets.UTF_8), persistence);
    }

    private Outcome send(final byte[] value, final Persistence persistence) {
        final Outcome outcome = new Outcome();
        delivery.send(new ProducerRecord<>("t", new byte[0], value), persistence, outcome, metrics);
        return outcome;
    }

    private long counter(final String name) {
        return registry.counter("io.kafkabridge.mapping.m1." + name).getCount();
    }

    @Test
    void record_thatKafkaHas_isDelivered() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> producer = producers.next();
        final Outcome outcome = send("a", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(producer).equals(List.of("a")));
        assertThat(outcome.calls).isEmpty();

        // When
        producer.completeNext();

        // Then
        assertThat(outcome.calls).containsExactly("safe");
        assertThat(delivery.inFlight()).isZero();
        assertThat(counter("forwarded")).isEqualTo(1);
        assertThat(counter("pending")).isZero();
    }

    @Test
    void record_thatComesTooLate_goesToTheSpoolWithAllBehindIt_andFromThereToKafkaInOrder() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        final List<Outcome> outcomes = List.of(
                send("late", Persistence.OR_FAIL),
                send("qos 2", Persistence.UNTIL_SAFE),
                send("qos 0", Persistence.BEST_EFFORT),
                send("behind", Persistence.OR_FAIL));
        await().until(() -> FakeProducers.values(first).size() == 4);

        // When
        first.errorNext(new TimeoutException("too late"));

        // Then
        await().untilAsserted(() -> assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.calls).containsExactly("safe")));
        assertThat(counter("spooled")).isEqualTo(4);
        final MockProducer<byte[], byte[]> drain = producers.next();
        final Outcome duringDrain = send("during the drain", Persistence.OR_FAIL);
        await().until(() ->
                FakeProducers.values(drain).equals(List.of("late", "qos 2", "qos 0", "behind", "during the drain")));
        assertThat(duringDrain.calls).containsExactly("safe");

        // When
        while (drain.completeNext()) {}

        // Then
        final MockProducer<byte[], byte[]> live = producers.next();
        await().until(() -> delivery.spooledRecords() == 0);
        final Outcome afterwards = send("live again", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(live).equals(List.of("live again")));
        assertThat(afterwards.calls).isEmpty();
        live.completeNext();
        assertThat(afterwards.calls).containsExactly("safe");
        assertThat(counter("forwarded")).isEqualTo(6);
        assertThat(delivery.inFlight()).isZero();
        assertThat(delivery.spooledBytes()).isZero();
    }

    @Test
    void drain_thatFails_beginsAgainWithTheFirstRecordThatKafkaMayNotHave() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        send("1", Persistence.OR_FAIL);
        send("2", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(first).size() == 2);
        first.errorNext(new TimeoutException("too late"));
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> FakeProducers.values(drain).size() == 2);

        // When
        drain.errorNext(new TimeoutException("too late as well"));

        // Then
        final MockProducer<byte[], byte[]> second = producers.next();
        await().until(() -> FakeProducers.values(second).equals(List.of("1", "2")));
    }

    @Test
    void spool_ofAnEarlierRun_goesFirst() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        final Outcome outcome = send("earlier", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(first).size() == 1);
        first.errorNext(new TimeoutException("too late"));
        await().until(() -> outcome.calls.contains("safe"));
        stop();
        producers.next();

        // When
        delivery = newDelivery();
        delivery.start();
        send("now", Persistence.OR_FAIL);

        // Then
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> FakeProducers.values(drain).equals(List.of("earlier", "now")));
    }

    @Test
    void fullSpool_failsWhatComesAgain_andKeepsWhatDoesNot() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        first.sendException = new TimeoutException("no metadata");
        first.partitionsForException = new TimeoutException("no metadata");
        final byte[] large = new byte[1_200_000];
        final Outcome fits = send(large, Persistence.OR_FAIL);
        await().until(() -> fits.calls.contains("safe"));
        final MockProducer<byte[], byte[]> drain = producers.next();

        // When
        final Outcome full = send(large, Persistence.OR_FAIL);
        await().until(() -> full.calls.size() == 1);
        final Outcome kept = send(large, Persistence.UNTIL_SAFE);

        // Then
        assertThat(full.calls.peek()).startsWith("failed: ");
        assertThat(kept.calls).isEmpty();
        await().until(() -> drain.history().size() == 1);
        drain.completeNext();
        await().until(() -> drain.history().size() == 2);
        assertThat(kept.calls).containsExactly("safe");
    }

    @Test
    void stop_whileRecordsAreUnderWay_putsThemIntoTheSpool() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> producer = producers.next();
        final Outcome outcome = send("under way", Persistence.BEST_EFFORT);
        await().until(() -> FakeProducers.values(producer).size() == 1);

        // When
        stop();

        // Then
        assertThat(counter("spooled")).isEqualTo(1);
        assertThat(outcome.calls).containsExactly("safe");
    }

    @Test
    void record_thatKafkaRefuses_isKeptOnTheDiskAndAcknowledged() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> producer = producers.next();
        final Outcome refused = send("too \"large\"", Persistence.OR_FAIL);
        final Outcome fine = send("fine", Persistence.OR_FAIL);
        final Outcome binary = send(new byte[] {(byte) 0xff}, Persistence.UNTIL_SAFE);
        await().until(() -> FakeProducers.values(producer).size() == 3);

        // When
        producer.errorNext(new RecordTooLargeException("1 MB at most"));
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("1 MB at most"));

        // Then
        await().until(() -> !refused.calls.isEmpty() && !binary.calls.isEmpty());
        assertThat(List.of(refused.calls, fine.calls, binary.calls))
                .allSatisfy(calls -> assertThat(calls).containsExactly("safe"));
        assertThat(producer.closed()).isFalse();
        assertThat(counter("rejected")).isEqualTo(2);
        assertThat(delivery.inFlight()).isZero();
        await().until(() -> FakeProducers.values(producer)
                .equals(List.of("too \"large\"", "fine", "\ufffd", "too \"large\"", "\ufffd")));
        assertThat(producer.history().get(3).topic()).isEqualTo("dead");
        assertThat(rejectedLines())
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"reason\":\"RecordTooLargeException: 1 MB at most\"",
                                "\"topic\":\"t\"",
                                "\"value\":\"too \\\"large\\\"\""))
                .anySatisfy(line -> assertThat(line).contains("\"value-base64\":\"/w==\""));
    }

    @Test
    void record_thatKafkaRefuses_whenItsFolderIsFull_fails() throws Exception {
        // Given
        final Path folder = Files.createDirectories(data.resolve("rejected/c1"));
        Files.write(folder.resolve("old.jsonl"), new byte[1 << 20]);
        final MockProducer<byte[], byte[]> producer = producers.next();
        final Outcome refused = send("a", Persistence.OR_FAIL);
        final Outcome kept = send("b", Persistence.UNTIL_SAFE);
        await().until(() -> FakeProducers.values(producer).size() == 2);

        // When
        producer.errorNext(new RecordTooLargeException("a"));
        producer.errorNext(new RecordTooLargeException("b"));

        // Then
        await().until(() -> !refused.calls.isEmpty());
        assertThat(refused.calls).containsExactly("failed: a");
        assertThat(kept.calls).isEmpty();

        // When an operator makes room
        Files.delete(folder.resolve("old.jsonl"));

        // Then
        await().until(() -> !kept.calls.isEmpty());
        assertThat(kept.calls).containsExactly("safe");
    }

    private List<String> rejectedLines() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("rejected/c1"))) {
            return files.flatMap(file -> {
                        try {
                            return Files.readAllLines(file).stream();
                        } catch (final IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void records_beyondTheBound_goToTheSpool_andQos0IsDropped() throws Exception {
        // Given
        producers.next();
        final byte[] large = new byte[600_000];
        final Outcome first = send(large, Persistence.OR_FAIL);

        // When
        final Outcome dropped = send(large, Persistence.BEST_EFFORT);
        final Outcome second = send(new byte[400_000], Persistence.OR_FAIL);
        final Outcome third = send(new byte[200_000], Persistence.OR_FAIL);

        // Then
        assertThat(dropped.calls).containsExactly("failed: more than <max-in-flight> is on its way already");
        assertThat(counter("dropped")).isEqualTo(1);
        producers.next();
        await().untilAsserted(() -> assertThat(List.of(first, second, third))
                .allSatisfy(outcome -> assertThat(outcome.calls).containsExactly("safe")));
        assertThat(counter("spooled")).isEqualTo(3);
    }

    @Test
    void records_thatWaitForMetadata_goToTheSpool() throws Exception {
        // Given: a producer without metadata.
        final MockProducer<byte[], byte[]> producer = producers.next();
        producer.partitionsForException = new TimeoutException("no metadata");
        producer.sendException = new TimeoutException("no metadata");

        // When
        final Outcome first = send("1", Persistence.OR_FAIL);
        final Outcome second = send("2", Persistence.UNTIL_SAFE);

        // Then
        await().until(() -> first.calls.contains("safe") && second.calls.contains("safe"));
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> FakeProducers.values(drain).equals(List.of("1", "2")));
    }

    @Test
    void records_ofAMissingTopic_areRejectedAndNotSpooled() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> producer = producers.next();
        producer.partitionsForException =
                new TimeoutException("no metadata", new UnknownTopicOrPartitionException("no such topic"));
        producer.sendException = producer.partitionsForException;

        // When
        final Outcome outcome = send("1", Persistence.OR_FAIL);

        // Then
        await().until(() -> outcome.calls.contains("safe"));
        assertThat(counter("rejected")).isEqualTo(1);
        assertThat(counter("spooled")).isZero();
    }
}
