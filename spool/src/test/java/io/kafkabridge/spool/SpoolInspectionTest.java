package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.spool.SpoolInspection.Damage;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.fill;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static io.kafkabridge.spool.SpoolFolder.tinySegments;
import static org.assertj.core.api.Assertions.assertThat;

/** What another process sees of a spool. */
class SpoolInspectionTest {

    @TempDir
    private Path temp;

    private static void flip(final Path file, final int at) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= (byte) 0x41;
        Files.write(file, bytes);
    }

    @Test
    void folder_thatIsNotThere_isAnEmptySpool() throws Exception {
        final SpoolInspection inspection = SpoolInspection.of(temp.resolve("none"), false);

        assertThat(inspection.records()).isZero();
        assertThat(inspection.segments()).isZero();
        assertThat(inspection.oldest()).isEmpty();
        assertThat(inspection.damage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openSpool_isCounted_withoutWhatIsConsumed(final boolean verify) throws Exception {
        // Given
        try (Spool spool = Spool.open(temp, tinySegments())) {
            final Instant first = Instant.parse("2026-11-26T00:00:00Z");
            for (int i = 0; i < 4; i++) {
                spool.append(List.of(
                        new Spool.Entry("m", timed(first.plusSeconds(2L * i))),
                        new Spool.Entry("m", timed(first.plusSeconds(2L * i + 1)))));
            }
            spool.consumed(3);

            // When
            final SpoolInspection inspection = SpoolInspection.of(temp, verify);

            // Then
            assertThat(inspection.records()).isEqualTo(spool.end() - spool.start());
            assertThat(inspection.bytes()).isEqualTo(spool.bytes());
            assertThat(inspection.segments()).isEqualTo(3);
            assertThat(inspection.oldest()).contains(first.plusSeconds(3));
            assertThat(inspection.newest()).contains(first.plusSeconds(7));
            assertThat(inspection.written()).isPresent();
            assertThat(inspection.consumed()).isPresent();
            assertThat(inspection.damage()).isEmpty();

            // Then: the spool goes on as if nobody had looked
            append(spool, 1);
            assertThat(spool.end()).isEqualTo(9);
        }
    }

    private static ProducerRecord<byte[], byte[]> timed(final Instant time) {
        return new ProducerRecord<>("t", null, time.toEpochMilli(), new byte[0], new byte[0]);
    }

    @Test
    void changedByte_isFoundOnlyWhenEveryRecordIsRead() throws Exception {
        // Given
        fill(temp, LIMITS, 3, 2);
        final Path file = segments(temp).get(0);
        flip(file, BatchFormat.HEADER_BYTES + 3);

        // When, then
        assertThat(SpoolInspection.of(temp, false).damage()).isEmpty();
        final SpoolInspection inspection = SpoolInspection.of(temp, true);
        assertThat(inspection.damage()).containsExactly(new Damage(Optional.of(file), 0, 2));
        assertThat(inspection.records()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void damagedHeader_andMissingFile_areFoundAlways(final boolean verify) throws Exception {
        // Given
        fill(temp, tinySegments(), 4, 2);
        final Path damaged = segments(temp).get(1);
        flip(damaged, 16); // Kafka's magic byte.
        Files.delete(segments(temp).get(0));

        // When
        final SpoolInspection inspection = SpoolInspection.of(temp, verify);

        // Then
        assertThat(inspection.damage())
                .containsExactly(new Damage(Optional.empty(), 0, 2), new Damage(Optional.of(damaged), 2, 2));
        assertThat(inspection.records()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void incompleteEnd_isBeingWritten_andNoDamage(final boolean verify) throws Exception {
        // Given
        fill(temp, LIMITS, 2, 2);
        final Path file = segments(temp).get(0);
        final byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2 - 5), StandardOpenOption.APPEND);

        // When
        final SpoolInspection inspection = SpoolInspection.of(temp, verify);

        // Then
        assertThat(inspection.records()).isEqualTo(4);
        assertThat(inspection.damage()).isEmpty();
        assertThat(Files.size(file)).isGreaterThan(bytes.length);
    }

    @Test
    void filesSetAside_areCounted() throws Exception {
        // Given
        fill(temp, tinySegments(), 2, 2);
        flip(segments(temp).get(0), BatchFormat.HEADER_BYTES + 3);
        try (Spool spool = Spool.open(temp, LIMITS)) {
            SpoolFolder.offsets(spool);
            spool.consumed(spool.end());
        }

        // When
        final SpoolInspection inspection = SpoolInspection.of(temp, false);

        // Then
        assertThat(inspection.setAside()).isEqualTo(1);
        assertThat(inspection.records()).isZero();
        assertThat(inspection.damage()).isEmpty();
    }
}
