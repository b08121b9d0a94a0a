package io.kafkabridge.extension.spool;

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

import static io.kafkabridge.extension.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.extension.spool.SpoolFolder.append;
import static io.kafkabridge.extension.spool.SpoolFolder.corrupt;
import static io.kafkabridge.extension.spool.SpoolFolder.fill;
import static io.kafkabridge.extension.spool.SpoolFolder.offsets;
import static io.kafkabridge.extension.spool.SpoolFolder.range;
import static io.kafkabridge.extension.spool.SpoolFolder.readAll;
import static io.kafkabridge.extension.spool.SpoolFolder.segments;
import static io.kafkabridge.extension.spool.SpoolFolder.tinySegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                    .contains(file.toString(), "2 record(s) from offset " + missing + " on", "corrupt");

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
    void consumed_upToAMissingRecord_countsItAsConsumedToo() throws Exception {
        // Given
        fill(temp, tinySegments(), 3, 1);
        Files.write(
                segments(temp).get(2), flipped(Files.readAllBytes(segments(temp).get(2)), 64));
        Files.write(temp.resolve("00000000000000000003.log"), new byte[0]);
        try (Spool spool = Spool.open(temp, tinySegments());
                SpoolReader reader = spool.reader()) {
            assertThat(readAll(reader)).hasSize(2);
            assertThat(reader.position()).isEqualTo(3);

            // When: the drain knows only what it got
            spool.consumed(2);

            // Then
            assertThat(spool.start()).isEqualTo(3);
            assertThat(segments(temp)).isEmpty();
            assertThat(corrupt(temp)).hasSize(1);
        }
    }

    @Test
    void reader_whenNothingIsLeftToDeliver_countsAllAsConsumed() throws Exception {
        // Given: all safe records get damaged while the spool is open
        try (Spool spool = Spool.open(temp, LIMITS);
                SpoolReader reader = spool.reader()) {
            append(spool, 4);
            Files.write(segments(temp).get(0), new byte[100]);

            // When
            assertThat(reader.next()).isEmpty();

            // Then
            assertThat(spool.start()).isEqualTo(4);
            assertThat(spool.bytes()).isZero();
            assertThat(corrupt(temp)).hasSize(1);
            append(spool, 2);
            assertThat(readAll(reader)).extracting(SpooledRecord::offset).containsExactly(4L, 5L);
        }
    }

    @Test
    void reader_withSegmentsGone_skipsThem() throws Exception {
        // Given
        fill(temp, tinySegments(), 6, 2);
        final List<Path> files = segments(temp);
        Files.delete(files.get(0));
        Files.delete(files.get(2));
        Files.delete(files.get(3));
        try (Spool spool = Spool.open(temp, tinySegments())) {
            // When
            final List<Long> offsets = offsets(spool);

            // Then
            assertThat(offsets).containsExactly(2L, 3L, 8L, 9L, 10L, 11L);
            assertThat(errors()).hasSize(2).anyMatch(error -> error.contains("4 record(s) from offset 4 on"));
            assertThat(spool.corruptSegments()).isZero();
            spool.consumed(4);
            assertThat(spool.start()).isEqualTo(8);
        }
    }

    @Test
    void reader_withASegmentDeletedUnderIt_skipsIt() throws Exception {
        // Given
        fill(temp, tinySegments(), 3, 2);
        try (Spool spool = Spool.open(temp, tinySegments())) {
            Files.delete(segments(temp).get(1));

            // When, then
            assertThat(offsets(spool)).containsExactly(0L, 1L, 4L, 5L);
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

    @Test
    void reader_withADiskThatCantBeRead_tellsItsCaller_andGoesOnLater() throws Exception {
        // Given
        final FaultyDisk disk = new FaultyDisk();
        try (Spool spool = Spool.open(temp, LIMITS, disk);
                SpoolReader reader = spool.reader()) {
            append(spool, 2);
            append(spool, 2);
            assertThat(reader.next()).hasSize(2);
            disk.faults.add(FaultyDisk.Fault.READ);

            // When
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
            disk.faults.clear();

            // Then
            assertThat(reader.next()).extracting(SpooledRecord::offset).containsExactly(2L, 3L);
            assertThat(spool.corruptSegments()).isZero();
        }
    }
}
