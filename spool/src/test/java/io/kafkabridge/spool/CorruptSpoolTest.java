package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.spool.SpoolFolder.corrupt;
import static io.kafkabridge.spool.SpoolFolder.fill;
import static io.kafkabridge.spool.SpoolFolder.offsets;
import static io.kafkabridge.spool.SpoolFolder.range;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static io.kafkabridge.spool.SpoolFolder.tinySegments;
import static org.assertj.core.api.Assertions.assertThat;

/** A disk that loses what was safe on it: all other records are delivered, and the file is kept for a person to look at. */
class CorruptSpoolTest {

    private static final int RECORDS = 2;

    @TempDir
    private Path temp;

    private final Logger logger = (Logger) LoggerFactory.getLogger(MissingRecords.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private List<String> errors() {
        final List<String> errors = log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        log.list.clear();
        return errors;
    }

    private static byte[] flipped(final byte[] bytes, final int at) {
        final byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) 0x41;
        return flipped;
    }

    private static List<Long> without(final List<Long> offsets, final long from, final long to) {
        final List<Long> others = new ArrayList<>(offsets);
        others.removeAll(range(from, to));
        return others;
    }

    /** Spools two segments of three batches each, and returns the bytes of the first. */
    private byte[] twoSegments(final Path folder) throws IOException {
        fill(folder, LIMITS, 3, RECORDS);
        final byte[] bytes = Files.readAllBytes(segments(folder).get(0));
        fill(folder, tinySegments(), 1, RECORDS);
        fill(folder, LIMITS, 2, RECORDS);
        assertThat(segments(folder)).hasSize(2);
        return bytes;
    }

    /** A copy of a spool's folder, with other bytes in its first segment. */
    private Path copy(final Path origin, final String name, final byte[] first) throws IOException {
        final Path folder = Files.createDirectories(temp.resolve(name));
        Files.copy(origin.resolve("checkpoint"), folder.resolve("checkpoint"));
        for (final Path segment : segments(origin)) {
            Files.copy(segment, folder.resolve(segment.getFileName()));
        }
        Files.write(segments(folder).get(0), first);
        return folder;
    }

    private void assertThatOneBatchIsMissing(final Path folder, final int batch, final String what) throws IOException {
        final Path file = segments(folder).get(0);
        final long missing = (long) batch * RECORDS;
        try (Spool spool = Spool.open(folder, LIMITS)) {
            final List<Long> expected = without(range(0, spool.end()), missing, missing + RECORDS);
            // Twice: a drain that reads again after a failure finds the same.
            assertThat(offsets(spool)).as(what).isEqualTo(expected);
            assertThat(offsets(spool)).as(what).isEqualTo(expected);
            assertThat(spool.corruptSegments()).as(what).isEqualTo(1);
            assertThat(errors())
                    .as(what)
                    .singleElement()
                    .asString()
                    .contains(file.toString(), "2 records from offset " + missing + " on", "corrupt");

            spool.consumed(spool.end());
            assertThat(spool.bytes()).as(what).isZero();
            assertThat(spool.start()).as(what).isEqualTo(spool.end());
            assertThat(segments(folder)).as(what).isEmpty();
            assertThat(corrupt(folder))
                    .as(what)
                    .containsExactly(file.getFileName().toString());
            Files.delete(folder.resolve("corrupt").resolve(file.getFileName()));
        }
    }

    @Test
    void reader_withAnyByteOfASegmentFlipped_deliversAllOtherBatches() throws Exception {
        // Given
        final Path origin = temp.resolve("origin");
        final byte[] first = twoSegments(origin);
        final int batchBytes = first.length / 3;
        for (int at = 0; at < first.length; at++) {
            final Path folder = copy(origin, "flip-" + at, flipped(first, at));

            // When, then
            assertThatOneBatchIsMissing(folder, at / batchBytes, "byte " + at);
        }
    }

    @Test
    void reader_withAnyByteOfABatchFlippedThatIsNotTheLastOfTheLastSegment_deliversAllOtherBatches() throws Exception {
        // Given
        final Path origin = temp.resolve("origin");
        fill(origin, LIMITS, 3, RECORDS);
        final byte[] bytes = Files.readAllBytes(segments(origin).get(0));
        final int batchBytes = bytes.length / 3;
        for (int at = 0; at < 2 * batchBytes; at++) {
            final Path folder = copy(origin, "flip-" + at, flipped(bytes, at));

            // When, then
            assertThatOneBatchIsMissing(folder, at / batchBytes, "byte " + at);
        }
    }

    @Test
    void reader_withoutCheckpoint_andTheFirstBatchDamaged_deliversAllOthers() throws Exception {
        // Given: without the checkpoint, the mark must come from the other batches
        fill(temp, LIMITS, 3, RECORDS);
        final Path file = segments(temp).get(0);
        Files.write(file, flipped(Files.readAllBytes(file), 50));
        Files.delete(temp.resolve("checkpoint"));

        // When, then
        assertThatOneBatchIsMissing(temp, 0, "first");
    }

    @Test
    void reader_withSeveralDamagedBatches_reportsEach_andCountsTheSegmentOnce() throws Exception {
        // Given
        fill(temp, LIMITS, 5, 1);
        final Path file = segments(temp).get(0);
        final byte[] bytes = Files.readAllBytes(file);
        final int batchBytes = bytes.length / 5;
        Files.write(file, flipped(flipped(bytes, batchBytes + 3), 3 * batchBytes + 40));
        try (Spool spool = Spool.open(temp, LIMITS)) {
            // When
            final List<Long> offsets = offsets(spool);

            // Then
            assertThat(offsets).containsExactly(0L, 2L, 4L);
            assertThat(errors()).hasSize(2);
            assertThat(spool.corruptSegments()).isEqualTo(1);
        }
    }

    @Test
    void reader_withAnOlderSegmentShortened_deliversTheRest() throws Exception {
        // Given
        final Path origin = temp.resolve("origin");
        final byte[] first = twoSegments(origin);
        for (int length = first.length - 1; length >= 0; length--) {
            final Path folder = copy(origin, "length-" + length, Arrays.copyOf(first, length));
            try (Spool spool = Spool.open(folder, LIMITS)) {
                // When
                final List<Long> offsets = offsets(spool);

                // Then
                final int batches = length / (first.length / 3);
                assertThat(offsets).isEqualTo(without(range(0, 12), (long) batches * RECORDS, 6));
            }
        }
    }
}
