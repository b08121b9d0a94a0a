package io.kafkabridge.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes as a spool's files: a checkpoint and two segments, as the disk might give them back. What comes out was put in, in
 * order, all of it that lies before the first damage, and the spool goes on.
 *
 * <p>An input is the checkpoint's length (1 byte) and bytes, the first segment's length (2 bytes) and bytes, and the second
 * segment. The kept input {@code whole} is a spool of 12 records in batches of two, whose values are their offsets.
 */
class SpoolFuzzTest {

    private static final long SECOND_BASE = 6;
    private static final List<Long> WRITTEN = SpoolFolder.range(0, 12);
    private static final Disk DISK = new FaultyDisk(false);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.kafkabridge.spool");

    @TempDir
    private Path temp;

    /** What an input says. */
    private static final class Contents {

        private final byte[] checkpoint;
        private final byte[] first;
        private final byte[] second;

        Contents(final byte[] bytes) {
            final Input input = new Input(bytes);
            checkpoint = input.piece();
            first = input.longPiece();
            second = input.rest();
        }

        static Contents whole() throws IOException {
            try (var whole = SpoolFuzzTest.class.getResourceAsStream("SpoolFuzzTestInputs/fuzz/whole")) {
                return new Contents(whole == null ? new byte[0] : whole.readAllBytes());
            }
        }

        void write(final Path folder) throws IOException {
            Files.write(folder.resolve("checkpoint"), checkpoint);
            Files.write(Segment.path(folder, 0), first);
            Files.write(Segment.path(folder, SECOND_BASE), second);
        }
    }

    @BeforeEach
    void silence() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void hear() {
        logger.setLevel(null);
    }

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(SpoolFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) throws IOException {
        final long begun = System.nanoTime();
        final Path folder = Files.createTempDirectory(temp, "spool");
        try {
            // Given
            final Contents files = new Contents(input);
            files.write(folder);
            final Optional<Checkpoint.Saved> saved = Checkpoint.load(folder, Disk.REAL);
            final long records = new SpoolInspector(folder, true).inspect().records();
            new SpoolInspector(folder, false).inspect();

            // When
            final List<Long> read;
            final long end;
            try (Spool spool = Spool.open(folder, LIMITS, DISK)) {
                final long start = spool.start();
                read = offsets(spool, start);
                end = spool.end();

                // Then
                assertThat(read).allMatch(WRITTEN::contains);
                assertThat(read).isSorted().doesNotHaveDuplicates();
                assertThat(read).containsAll(beforeDamage(files, saved, start));
                // A batch's checksum doesn't cover its base offset. Behind other damage, one that is too high is
                // believed.
                if (end <= WRITTEN.size()) {
                    assertThat(records).isEqualTo(read.size());
                }
                spool.append(List.of(new Spool.Entry("m", SpoolFolder.record("new"))));
                assertThat(spool.end()).isEqualTo(end + 1);
            }
            try (Spool again = Spool.open(folder, LIMITS, DISK);
                    SpoolReader reader = again.reader()) {
                final List<SpooledRecord> all = SpoolFolder.readAll(reader);
                assertThat(all).hasSize(read.size() + 1);
                assertThat(all.get(all.size() - 1).offset()).isEqualTo(end);
                again.consumed(again.end());
                assertThat(again.bytes()).isZero();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
        } finally {
            delete(folder);
        }
    }

    /** The values of the records, which were their offsets; each reading of a batch goes on, or ends. */
    private static List<Long> offsets(final Spool spool, final long start) throws IOException {
        try (SpoolReader reader = spool.reader()) {
            final List<SpooledRecord> records = SpoolFolder.readAll(reader);
            assertThat(records).allMatch(each -> each.offset() >= start && each.offset() < spool.end());
            return records.stream()
                    .map(each -> Long.valueOf(new String(each.record().value(), StandardCharsets.UTF_8)))
                    .toList();
        }
    }

    /** The records before the first damaged byte, where the spool can know where it starts and what its mark is. */
    private static List<Long> beforeDamage(
            final Contents files, final Optional<Checkpoint.Saved> saved, final long start) throws IOException {
        final Contents whole = Contents.whole();
        if (saved.isPresent() && !Arrays.equals(files.checkpoint, whole.checkpoint)) {
            return List.of();
        }
        final int batch = whole.first.length / 3;
        final int firstBatches = Math.floorDiv(same(files.first, whole.first), batch);
        if (firstBatches < 3) {
            return SpoolFolder.range(Math.min(start, 2L * firstBatches), 2L * firstBatches);
        }
        return SpoolFolder.range(start, SECOND_BASE + 2L * (same(files.second, whole.second) / batch));
    }

    private static int same(final byte[] bytes, final byte[] others) {
        final int mismatch = Arrays.mismatch(bytes, others);
        return mismatch < 0 ? bytes.length : mismatch;
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
