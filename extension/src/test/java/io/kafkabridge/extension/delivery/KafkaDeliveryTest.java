package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.config.KafkaCluster;
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
            1 << 20,
            1 << 20,
            Duration.ofSeconds(1));

    private final FakeProducers producers = new FakeProducers();
    private final MetricRegistry registry = new MetricRegistry();
    private final MappingMetrics metrics = new MappingMetrics(registry, "m1");

    @TempDir
    private Path data;

    private KafkaDelivery delivery;

    @BeforeEach
    void start() {
        delivery = new KafkaDelivery(CLUSTER, List.of("t"), data, new Producers(CLUSTER, producers::open));
        delivery.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        delivery.stop();
        delivery.awaitStopped();
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
        assertThat(outcome.calls).containsExactly("delivered");
        assertThat(delivery.inFlight()).isZero();
        assertThat(counter("forwarded")).isEqualTo(1);
        assertThat(counter("pending")).isZero();
    }

    @Test
    void record_thatComesTooLate_failsWithAllBehindIt_andKeptOnesGoOnInOrder() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        final Outcome late = send("late", Persistence.OR_FAIL);
        final Outcome kept1 = send("kept 1", Persistence.UNTIL_DELIVERED);
        final Outcome behind = send("behind", Persistence.OR_FAIL);
        final Outcome kept2 = send("kept 2", Persistence.UNTIL_DELIVERED);
        await().until(() -> FakeProducers.values(first).size() == 4);

        // When
        first.errorNext(new TimeoutException("too late"));

        // Then
        final MockProducer<byte[], byte[]> second = producers.next();
        await().until(() -> FakeProducers.values(second).equals(List.of("kept 1", "kept 2")));
        assertThat(late.calls).containsExactly("failed: too late");
        assertThat(behind.calls).containsExactly("failed: aborted");
        second.completeNext();
        second.completeNext();
        assertThat(kept1.calls).containsExactly("delivered");
        assertThat(kept2.calls).containsExactly("delivered");
        assertThat(delivery.inFlight()).isZero();
    }

    @Test
    void record_thatKafkaRefuses_isKeptOnTheDiskAndAcknowledged() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> producer = producers.next();
        final Outcome refused = send("too \"large\"", Persistence.OR_FAIL);
        final Outcome fine = send("fine", Persistence.OR_FAIL);
        final Outcome binary = send(new byte[] {(byte) 0xff}, Persistence.UNTIL_DELIVERED);
        await().until(() -> FakeProducers.values(producer).size() == 3);

        // When
        producer.errorNext(new RecordTooLargeException("1 MB at most"));
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("1 MB at most"));

        // Then
        await().until(() -> !refused.calls.isEmpty() && !binary.calls.isEmpty());
        assertThat(List.of(refused.calls, fine.calls, binary.calls))
                .allSatisfy(calls -> assertThat(calls).containsExactly("delivered"));
        assertThat(producer.closed()).isFalse();
        assertThat(counter("rejected")).isEqualTo(2);
        assertThat(delivery.inFlight()).isZero();
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
        final Outcome kept = send("b", Persistence.UNTIL_DELIVERED);
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
        assertThat(kept.calls).containsExactly("delivered");
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
    void records_beyondTheBound_failAtOnce_andKeptOnesDoNot() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> producer = producers.next();
        final byte[] large = new byte[600_000];
        final Outcome first = send(large, Persistence.OR_FAIL);

        // When
        final Outcome second = send(large, Persistence.OR_FAIL);
        final Outcome dropped = send(large, Persistence.BEST_EFFORT);
        final Outcome kept = send(large, Persistence.UNTIL_DELIVERED);

        // Then
        assertThat(second.calls).containsExactly("failed: more than <max-in-flight> is on its way to Kafka already");
        assertThat(dropped.calls).hasSize(1);
        assertThat(counter("dropped")).isEqualTo(1);
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();
        producer.completeNext();
        assertThat(first.calls).containsExactly("delivered");
        assertThat(kept.calls).containsExactly("delivered");
        assertThat(delivery.inFlight()).isZero();
    }

    @Test
    void records_thatWait_failTogetherOnceTheFirstHasWaitedForTheTimeout() throws Exception {
        // Given: a producer without metadata.
        final MockProducer<byte[], byte[]> producer = producers.next();
        producer.partitionsForException = new TimeoutException("no metadata");
        producer.sendException = new TimeoutException("no metadata");

        // When
        final Outcome first = send("1", Persistence.OR_FAIL);
        final Outcome second = send("2", Persistence.OR_FAIL);
        final Outcome kept = send("3", Persistence.UNTIL_DELIVERED);

        // Then
        await().until(() -> !second.calls.isEmpty());
        assertThat(first.calls).hasSize(1);
        assertThat(kept.calls).isEmpty();
        producer.sendException = null;
        producer.partitionsForException = null;
        await().until(() -> FakeProducers.values(producer).contains("3"));
    }
}
