package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a delivery does with records that Kafka takes, and with those that it will never take. */
class KafkaDeliveryTest extends DeliveryFixture {

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
        assertThat(delivery.status().inFlightBytes()).isZero();
        assertThat(counter("forwarded")).isEqualTo(1);
        assertThat(counter("pending")).isZero();
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
        assertThat(delivery.status().inFlightBytes()).isZero();
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
