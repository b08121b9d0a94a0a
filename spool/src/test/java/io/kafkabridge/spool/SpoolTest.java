package io.kafkabridge.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.fill;
import static io.kafkabridge.spool.SpoolFolder.offsets;
import static io.kafkabridge.spool.SpoolFolder.range;
import static io.kafkabridge.spool.SpoolFolder.readAll;
import static io.kafkabridge.spool.SpoolFolder.record;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static io.kafkabridge.spool.SpoolFolder.tinySegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a spool does while nothing goes wrong. */
class SpoolTest {

    @TempDir
    private Path temp;

    private Path folder() {
        return temp.resolve("hivemq-kafka-bridge/spool/c1");
    }

    @Test
    void append_ofAllKindsOfRecords_readsThemBackAsTheyWere() throws Exception {
        // Given
        final byte[] key = "a/b".getBytes(StandardCharsets.UTF_8);
        final byte[] value = {0, -1, 2};
        final List<Header> headers =
                List.of(new RecordHeader("h", value), new RecordHeader("null", null), new RecordHeader("", key));
        final List<Spool.Entry> entries = List.of(
                new Spool.Entry("m1", new ProducerRecord<>("t", key, value)),
                new Spool.Entry("m1", new ProducerRecord<>("t", null, null)),
                new Spool.Entry("m2", new ProducerRecord<>("t", 0, 0L, key, value)),
                new Spool.Entry("m2", new ProducerRecord<>("t", 2_000_000_000, 1234567890123L, key, value)),
                new Spool.Entry("m2", new ProducerRecord<>("töpic\0not Kafka's", null, key, value, headers)),
                new Spool.Entry("mäpping", new ProducerRecord<>("t", 7, key, value, headers)),
                new Spool.Entry("m1", new ProducerRecord<>("t", new byte[0], new byte[0])));
        try (Spool spool = Spool.open(folder(), LIMITS)) {
            // When
            final long end = spool.append(entries);

            // Then
            assertThat(end).isEqualTo(entries.size());
            // A second batch of the same size goes through the reader's buffer.
            spool.append(Collections.nCopies(entries.size(), new Spool.Entry("x", record("x".repeat(40)))));
            final List<SpooledRecord> read = readAll(spool.reader()).subList(0, entries.size());
            assertThat(read).extracting(SpooledRecord::offset).isEqualTo(range(0, entries.size()));
            assertThat(read)
                    .extracting(SpooledRecord::origin)
                    .isEqualTo(entries.stream().map(Spool.Entry::origin).toList());
            // ProducerRecord's equals looks into arrays only by identity.
            assertThat(read)
                    .extracting(SpooledRecord::record)
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("headers")
                    .isEqualTo(entries.stream().map(Spool.Entry::record).toList());
            assertThat(read)
                    .extracting(each -> List.of(each.record().headers().toArray()))
                    .isEqualTo(entries.stream()
                            .map(each -> List.of(each.record().headers().toArray()))
                            .toList());
        }
    }

    @Test
    void open_withoutRecords_leavesNothingBehind() throws Exception {
        // When
        try (Spool spool = Spool.open(folder(), LIMITS)) {
            spool.append(List.of());
            spool.consumed(0);
            assertThat(spool.reader().next()).isEmpty();
        }

        // Then
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void open_afterClose_goesOnWhereItWas() throws Exception {
        // Given
        try (Spool spool = Spool.open(folder(), LIMITS)) {
            append(spool, 10);
            append(spool, 10);
            spool.consumed(13);
        }

        // When
        try (Spool spool = Spool.open(folder(), LIMITS)) {
            // Then
            assertThat(spool.start()).isEqualTo(13);
            assertThat(spool.end()).isEqualTo(20);
            append(spool, 5);
            assertThat(offsets(spool)).isEqualTo(range(13, 25));
            assertThat(segments(folder())).hasSize(1);
            assertThat(spool.bytes()).isEqualTo(Files.size(segments(folder()).get(0)));
        }
    }

    @Test
    void reader_opensSegmentsOneAfterTheOther() throws Exception {
        // Given
        fill(folder(), tinySegments(), 5, 3);

        // When
        try (Spool spool = Spool.open(folder(), tinySegments());
                SpoolReader reader = spool.reader()) {
            // Then
            assertThat(reader.next()).extracting(SpooledRecord::offset).containsExactly(0L, 1L, 2L);
            assertThat(reader.position()).isEqualTo(3);
            assertThat(readAll(reader)).hasSize(12);
            append(spool, 1);
            assertThat(reader.next()).extracting(SpooledRecord::offset).containsExactly(15L);
            assertThat(segments(folder()))
                    .extracting(file -> file.getFileName().toString())
                    .startsWith("00000000000000000000.log", "00000000000000000003.log")
                    .hasSize(6);
        }
    }

    @Test
    void consumed_deletesSegmentsWhollyBefore() throws Exception {
        // Given
        fill(folder(), tinySegments(), 5, 3);
        try (Spool spool = Spool.open(folder(), tinySegments())) {
            // When
            spool.consumed(8);

            // Then
            assertThat(segments(folder())).hasSize(3);
            long bytes = 0;
            for (final Path file : segments(folder())) {
                bytes += Files.size(file);
            }
            assertThat(spool.bytes()).isEqualTo(bytes);
            assertThat(offsets(spool)).isEqualTo(range(8, 15));
        }
    }

    @Test
    void consumed_ofEverything_deletesAllSegments_andOffsetsGoOn() throws Exception {
        // Given
        try (Spool spool = Spool.open(folder(), LIMITS);
                SpoolReader reader = spool.reader()) {
            append(spool, 10);
            assertThat(readAll(reader)).hasSize(10);

            // When
            spool.consumed(10);

            // Then
            assertThat(segments(folder())).isEmpty();
            assertThat(spool.bytes()).isZero();
            append(spool, 2);
            assertThat(readAll(reader)).extracting(SpooledRecord::offset).containsExactly(10L, 11L);
            spool.consumed(12);
        }
        try (Spool spool = Spool.open(folder(), LIMITS)) {
            assertThat(spool.start()).isEqualTo(12);
            assertThat(spool.end()).isEqualTo(12);
            assertThat(segments(folder())).isEmpty();
        }
    }

    @Test
    void consumed_beyondTheEnd_isRefused() throws Exception {
        try (Spool spool = Spool.open(folder(), LIMITS)) {
            append(spool, 1);
            assertThatThrownBy(() -> spool.consumed(2)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void append_ofALargeRecord_readsItBack() throws Exception {
        // Given
        final byte[] value = new byte[20 << 20];
        value[value.length - 1] = 1;
        try (Spool spool = Spool.open(folder(), LIMITS)) {
            append(spool, 1);

            // When
            spool.append(List.of(new Spool.Entry("m", new ProducerRecord<>("t", value))));

            // Then
            assertThat(readAll(spool.reader()).get(1).record().value()).isEqualTo(value);
        }
    }

    @Test
    void files_areOnlySegmentsAndTheCheckpoint() throws Exception {
        fill(folder(), LIMITS, 1, 1);
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("00000000000000000000.log", "checkpoint");
        }
    }
}
