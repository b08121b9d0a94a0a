package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.corrupt;
import static io.kafkabridge.spool.SpoolFolder.fill;
import static io.kafkabridge.spool.SpoolFolder.offsets;
import static io.kafkabridge.spool.SpoolFolder.readAll;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static io.kafkabridge.spool.SpoolFolder.tinySegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Records that the disk doesn't have any more hold up no others. */
class MissingRecordsTest {

    @TempDir
    private Path folder;

    @Test
    void consumed_upToAMissingRecord_countsItAsConsumedToo() throws Exception {
        // Given
        fill(folder, tinySegments(), 3, 1);
        Files.write(segments(folder).get(2), new byte[100]);
        Files.write(folder.resolve("00000000000000000003.log"), new byte[0]);
        try (Spool spool = Spool.open(folder, tinySegments());
                SpoolReader reader = spool.reader()) {
            assertThat(readAll(reader)).hasSize(2);
            assertThat(reader.position()).isEqualTo(3);

            // When: the drain knows only what it got
            spool.consumed(2);

            // Then
            assertThat(spool.start()).isEqualTo(3);
            assertThat(segments(folder)).isEmpty();
            assertThat(corrupt(folder)).hasSize(1);
        }
    }

    @Test
    void reader_whenNothingIsLeftToDeliver_countsAllAsConsumed() throws Exception {
        // Given: all safe records get damaged while the spool is open
        try (Spool spool = Spool.open(folder, LIMITS);
                SpoolReader reader = spool.reader()) {
            append(spool, 4);
            Files.write(segments(folder).get(0), new byte[100]);

            // When
            assertThat(reader.next()).isEmpty();

            // Then
            assertThat(spool.start()).isEqualTo(4);
            assertThat(spool.bytes()).isZero();
            assertThat(corrupt(folder)).hasSize(1);
            append(spool, 2);
            assertThat(readAll(reader)).extracting(SpooledRecord::offset).containsExactly(4L, 5L);
        }
    }

    @Test
    void reader_withSegmentsGone_skipsThem() throws Exception {
        // Given
        fill(folder, tinySegments(), 6, 2);
        final List<Path> files = segments(folder);
        Files.delete(files.get(0));
        Files.delete(files.get(2));
        Files.delete(files.get(3));
        try (Spool spool = Spool.open(folder, tinySegments())) {
            // When
            final List<Long> offsets = offsets(spool);

            // Then
            assertThat(offsets).containsExactly(2L, 3L, 8L, 9L, 10L, 11L);
            assertThat(spool.corruptSegments()).isZero();
            spool.consumed(4);
            assertThat(spool.start()).isEqualTo(8);
        }
    }

    @Test
    void reader_withASegmentDeletedUnderIt_skipsIt() throws Exception {
        // Given
        fill(folder, tinySegments(), 3, 2);
        try (Spool spool = Spool.open(folder, tinySegments())) {
            Files.delete(segments(folder).get(1));

            // When, then
            assertThat(offsets(spool)).containsExactly(0L, 1L, 4L, 5L);
        }
    }

    @Test
    void reader_withADiskThatCantBeRead_tellsItsCaller_andGoesOnLater() throws Exception {
        // Given
        final FaultyDisk disk = new FaultyDisk();
        try (Spool spool = Spool.open(folder, LIMITS, disk);
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

    @Test
    void consumed_thatCantSetAsideADamagedSegment_hindersNobody() throws Exception {
        // Given
        fill(folder, tinySegments(), 4, 1);
        Files.write(segments(folder).get(0), new byte[100]);
        final Path inTheWay = Files.createFile(folder.resolve("corrupt"));
        try (Spool spool = Spool.open(folder, tinySegments())) {
            // When
            assertThat(offsets(spool)).containsExactly(1L, 2L, 3L);
            append(spool, 1);
            assertThatThrownBy(() -> spool.consumed(5)).isInstanceOf(IOException.class);
            append(spool, 1);

            // Then
            assertThat(offsets(spool)).containsExactly(5L);
            Files.delete(inTheWay);
            spool.consumed(6);
            assertThat(segments(folder)).isEmpty();
            assertThat(corrupt(folder)).hasSize(1);
        }
    }
}
