package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.corrupt;
import static io.kafkabridge.spool.SpoolFolder.fill;
import static io.kafkabridge.spool.SpoolFolder.offsets;
import static io.kafkabridge.spool.SpoolFolder.range;
import static io.kafkabridge.spool.SpoolFolder.readAll;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static io.kafkabridge.spool.SpoolFolder.tinySegments;
import static org.assertj.core.api.Assertions.assertThat;

/** What a power loss leaves behind: a last batch of which the disk has a part, or something else in its place. */
class TornSpoolTest {

    private static final int BATCHES = 3;
    private static final int RECORDS = 2;
    private static final long LAST = (BATCHES - 1) * RECORDS;

    @TempDir
    private Path folder;

    private Path file;
    private byte[] whole;
    private int lastBatch;

    @BeforeEach
    void spoolOfThreeBatches() throws IOException {
        fill(folder, LIMITS, BATCHES - 1, RECORDS);
        file = segments(folder).get(0);
        lastBatch = (int) Files.size(file);
        fill(folder, LIMITS, 1, RECORDS);
        whole = Files.readAllBytes(file);
    }

    /** Opens the spool with these bytes as its last segment: the last batch must be cut, and nothing else. */
    private void assertThatTheLastBatchIsCut(final byte[] bytes, final String what) throws IOException {
        Files.write(file, bytes);
        try (Spool spool = Spool.open(folder, LIMITS)) {
            assertThat(spool.end()).as(what).isEqualTo(LAST);
            assertThat(spool.bytes()).as(what).isEqualTo(lastBatch);
            assertThat(Files.size(file)).as(what).isEqualTo(lastBatch);
            append(spool, 1);
        }
        try (Spool spool = Spool.open(folder, LIMITS)) {
            assertThat(offsets(spool)).as(what).isEqualTo(range(0, LAST + 1));
            assertThat(spool.corruptSegments()).as(what).isZero();
        }
    }

    @Test
    void open_withTheLastBatchTruncatedAnywhere_cutsIt() throws Exception {
        for (int length = lastBatch; length < whole.length; length++) {
            assertThatTheLastBatchIsCut(Arrays.copyOf(whole, length), "length " + length);
        }
    }

    @Test
    void open_withTheLastBatchZeroFromAnywhere_cutsIt() throws Exception {
        // The last bytes may be zero themselves: there is nothing torn about them then.
        int end = whole.length;
        while (whole[end - 1] == 0) {
            end--;
        }
        for (int from = lastBatch; from < end; from++) {
            final byte[] bytes = whole.clone();
            Arrays.fill(bytes, from, bytes.length, (byte) 0);
            assertThatTheLastBatchIsCut(bytes, "zero from " + from);
        }
    }

    @Test
    void open_withAnyByteOfTheLastBatchFlipped_cutsIt() throws Exception {
        for (int at = lastBatch; at < whole.length; at++) {
            for (final int flip : new int[] {0x01, 0xff}) {
                final byte[] bytes = whole.clone();
                bytes[at] ^= (byte) flip;
                assertThatTheLastBatchIsCut(bytes, "byte " + at + " flipped by " + flip);
            }
        }
    }

    @Test
    void open_withTheHeadOfTheLastBatchMissing_cutsIt() throws Exception {
        for (int from = lastBatch; from < whole.length; from++) {
            final byte[] bytes = whole.clone();
            Arrays.fill(bytes, lastBatch, from + 1, (byte) 0xaa);
            assertThatTheLastBatchIsCut(bytes, "garbage up to " + from);
        }
    }

    @Test
    void open_withGarbageBehindTheLastBatch_cutsOnlyThat() throws Exception {
        // Given
        for (final byte garbage : new byte[] {0, 2, -1}) {
            final byte[] bytes = Arrays.copyOf(whole, whole.length + 100_000);
            Arrays.fill(bytes, whole.length, bytes.length, garbage);
            Files.write(file, bytes);

            // When
            try (Spool spool = Spool.open(folder, LIMITS)) {
                // Then
                assertThat(offsets(spool)).isEqualTo(range(0, LAST + RECORDS));
                assertThat(Files.readAllBytes(file)).isEqualTo(whole);
            }
        }
    }

    @Test
    void open_withAnEmptyOrHalfBegunLastSegment_goesOnInIt() throws Exception {
        for (final int length : new int[] {0, 1, 12, 60, 61, 62}) {
            // Given
            final Path folder2 = folder.resolve("half-" + length);
            fill(folder2, tinySegments(), 2, 3);
            final Path last = segments(folder2).get(1);
            Files.write(last, Arrays.copyOf(Files.readAllBytes(last), length));

            // When
            try (Spool spool = Spool.open(folder2, tinySegments())) {
                // Then
                assertThat(spool.end()).isEqualTo(3);
                assertThat(offsets(spool)).isEqualTo(range(0, 3));
                append(spool, 3);
                append(spool, 3);
                assertThat(offsets(spool)).isEqualTo(range(0, 9));
                assertThat(segments(folder2)).hasSize(3).element(1).isEqualTo(last);
            }
        }
    }

    @Test
    void open_withOnlyAnEmptySegment_startsWithIt() throws Exception {
        // Given
        Files.write(file, new byte[0]);

        // When
        try (Spool spool = Spool.open(folder, LIMITS)) {
            // Then
            assertThat(spool.reader().next()).isEmpty();
            append(spool, 2);
            assertThat(offsets(spool)).isEqualTo(range(0, 2));
        }
    }

    @Test
    void open_withABatchOfAnotherSpoolInsideTheTornOne_doesNotTakeItForARecord() throws Exception {
        // Given: a publish whose payload is a batch with the next offset, right in every other way
        final ByteBuffer forged = new BatchFormat(42)
                .write(LAST + RECORDS + 1, List.of(new Spool.Entry("m", new ProducerRecord<>("secret", new byte[1]))));
        final byte[] payload = new byte[forged.remaining()];
        forged.get(payload);
        try (Spool spool = Spool.open(folder, LIMITS)) {
            spool.append(List.of(new Spool.Entry("m", new ProducerRecord<>("t", payload))));
        }
        final byte[] torn = Files.readAllBytes(file);
        torn[whole.length] ^= 1;
        Files.write(file, torn);

        // When
        try (Spool spool = Spool.open(folder, LIMITS)) {
            // Then
            assertThat(readAll(spool.reader())).hasSize((int) (LAST + RECORDS));
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void open_withDamageBeforeTheTornBatch_keepsWhatIsBetween() throws Exception {
        // Given
        fill(folder, LIMITS, 1, RECORDS);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[lastBatch + 70] ^= 1;
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 30));

        // When
        try (Spool spool = Spool.open(folder, LIMITS)) {
            append(spool, 1);

            // Then
            assertThat(offsets(spool)).containsExactly(0L, 1L, 2L, 3L, 6L, 7L, 8L);
            assertThat(spool.corruptSegments()).isEqualTo(1);
            spool.consumed(spool.end());
            assertThat(corrupt(folder)).containsExactly(file.getFileName().toString());
            assertThat(segments(folder)).isEmpty();
        }
    }
}
