package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.fill;
import static io.kafkabridge.spool.SpoolFolder.offsets;
import static io.kafkabridge.spool.SpoolFolder.range;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static io.kafkabridge.spool.SpoolFolder.tinySegments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is consumed is remembered; in doubt, records are delivered again. */
class CheckpointTest {

    @TempDir
    private Path folder;

    private Checkpoint checkpoint(final long mark) {
        return new Checkpoint(folder, Optional.empty(), mark, Disk.REAL);
    }

    private Path file() {
        return folder.resolve("checkpoint");
    }

    @Test
    void load_ofWhatWasSaved_returnsIt() throws Exception {
        // Given
        checkpoint(77).save(Long.MAX_VALUE);

        // When, then
        assertThat(Checkpoint.load(folder, Disk.REAL)).contains(new Checkpoint.Saved(Long.MAX_VALUE, 77));
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void load_withAnyByteChanged_returnsNothing() throws Exception {
        // Given
        checkpoint(77).save(12345);
        final byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            final byte[] bytes = whole.clone();
            bytes[at] ^= 1;
            Files.write(file(), bytes);

            // When, then
            assertThat(Checkpoint.load(folder, Disk.REAL)).as("byte %d", at).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "6", "6 7", "6 7 00000000\n", "a b c", "-1 -1 -1"})
    void open_withAnUnreadableCheckpoint_startsWithTheFirstSegment(final String text) throws Exception {
        // Given
        try (Spool spool = Spool.open(folder, tinySegments())) {
            append(spool, 2);
            append(spool, 2);
            append(spool, 2);
            spool.consumed(3);
        }
        Files.write(file(), text.getBytes(StandardCharsets.UTF_8));

        // When
        try (Spool spool = Spool.open(folder, tinySegments())) {
            // Then
            assertThat(spool.start()).isEqualTo(2);
            assertThat(offsets(spool)).isEqualTo(range(2, 6));
            spool.consumed(5);
        }
        try (Spool spool = Spool.open(folder, tinySegments())) {
            assertThat(spool.start()).isEqualTo(5);
        }
    }

    @Test
    void open_withoutCheckpoint_startsWithTheFirstSegment() throws Exception {
        // Given
        fill(folder, tinySegments(), 3, 2);
        Files.delete(file());

        // When
        try (Spool spool = Spool.open(folder, tinySegments())) {
            // Then
            append(spool, 2);
            assertThat(offsets(spool)).isEqualTo(range(0, 8));
        }
        try (Spool spool = Spool.open(folder, tinySegments())) {
            assertThat(offsets(spool)).isEqualTo(range(0, 8));
            assertThat(spool.corruptSegments()).isZero();
        }
    }

    @Test
    void open_withACheckpointBehindTheLastRecord_goesOnFromThere() throws Exception {
        // Given: a disk that forgot records which are consumed
        fill(folder, LIMITS, 2, 5);
        final long mark = Checkpoint.load(folder, Disk.REAL).orElseThrow().mark();
        checkpoint(mark).save(12);

        // When
        try (Spool spool = Spool.open(folder, LIMITS)) {
            // Then
            assertThat(spool.start()).isEqualTo(12);
            assertThat(spool.end()).isEqualTo(12);
            assertThat(segments(folder)).isEmpty();
            append(spool, 1);
            assertThat(offsets(spool)).isEqualTo(range(12, 13));
        }
    }

    @Test
    void open_afterACrash_startsAtTheLastCheckpoint() throws Exception {
        // Given: never closed
        final Spool crashed = Spool.open(folder, tinySegments());
        append(crashed, 2);
        append(crashed, 2);
        append(crashed, 2);
        crashed.consumed(3);
        crashed.consumed(4);

        // When
        try (Spool spool = Spool.open(folder, tinySegments())) {
            // Then: every deletion was preceded by a checkpoint
            assertThat(offsets(spool)).isEqualTo(range(4, 6));
        }
    }

    @Test
    void consumed_savesOnceASecondAtMost() throws Exception {
        // Given
        try (Spool spool = Spool.open(folder, LIMITS)) {
            append(spool, 1000);
            final byte[] before = Files.readAllBytes(file());

            // When
            final long began = System.nanoTime();
            for (int offset = 1; offset < 1000; offset++) {
                spool.consumed(offset);
            }

            // Then
            if (System.nanoTime() - began < 500_000_000) {
                assertThat(Files.readAllBytes(file())).isEqualTo(before);
            }
        }
        try (Spool spool = Spool.open(folder, LIMITS)) {
            assertThat(spool.start()).isEqualTo(999);
        }
    }

    @Test
    void consumed_thatCantSave_deletesAllTheSame_andSavesLater() throws Exception {
        // Given
        final FaultyDisk disk = new FaultyDisk();
        try (Spool spool = Spool.open(folder, tinySegments(), disk)) {
            append(spool, 2);
            append(spool, 2);
            append(spool, 2);
            disk.faults.add(FaultyDisk.Fault.WRITE);

            // When
            spool.consumed(3);

            // Then
            assertThat(spool.start()).isEqualTo(3);
            assertThat(segments(folder)).hasSize(2);
            disk.faults.clear();
            assertThat(offsets(spool)).isEqualTo(range(3, 6));
            spool.consumed(4);
            assertThat(Checkpoint.load(folder, Disk.REAL))
                    .map(Checkpoint.Saved::offset)
                    .contains(4L);
        }
    }

    @Test
    void append_afterEverythingWasConsumed_savesFirstWhatCouldNotBeSaved() throws Exception {
        // Given
        final FaultyDisk disk = new FaultyDisk();
        final Spool spool = Spool.open(folder, LIMITS, disk);
        append(spool, 2);
        disk.faults.add(FaultyDisk.Fault.WRITE);
        spool.consumed(2);
        assertThat(segments(folder)).isEmpty();
        assertThatThrownBy(() -> append(spool, 1)).isInstanceOf(IOException.class);
        disk.faults.clear();

        // When
        append(spool, 1);

        // Then
        assertThat(Checkpoint.load(folder, Disk.REAL))
                .map(Checkpoint.Saved::offset)
                .contains(2L);
        assertThat(offsets(spool)).isEqualTo(range(2, 3));
    }

    @Test
    void consumed_onAFullDisk_makesRoomForTheCheckpoint() throws Exception {
        // Given: a disk with room for the checkpoint only once nothing else is there
        final Disk full = new Disk() {
            @Override
            public FileChannel open(final Path path, final OpenOption... options) throws IOException {
                if (path.getFileName().toString().startsWith("checkpoint")
                        && !segments(folder).isEmpty()) {
                    throw new IOException("No space left on device");
                }
                return FileChannel.open(path, options);
            }
        };
        try (Spool spool = Spool.open(folder, LIMITS, full)) {
            append(spool, 2);

            // When
            spool.consumed(2);

            // Then
            assertThat(segments(folder)).isEmpty();
            assertThat(Checkpoint.load(folder, Disk.REAL))
                    .map(Checkpoint.Saved::offset)
                    .contains(2L);
        }
    }
}
