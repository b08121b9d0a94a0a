package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a kill, a full disk or a power loss leaves behind: what was kept before and what is kept then can be read. */
class TornFilesTest {

    private static final Instant TIME = Instant.parse("2026-11-25T10:00:00Z");

    @TempDir
    private Path data;

    private final FaultyFiles disk = new FaultyFiles();

    @SuppressWarnings("NullAway.Init") // From makeFolder.
    private RejectedFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new RejectedFolder(data, "c1", 1 << 20, disk);
    }

    private static List<RejectedRecord> rejected(final String... values) {
        return Stream.of(values)
                .map(value -> new RejectedRecord(TIME, "too large", new ProducerRecord<>("t", value.getBytes(UTF_8))))
                .toList();
    }

    private static Path onlyFile(final RejectedFolder in) throws IOException {
        assertThat(in.files()).hasSize(1);
        return in.files().get(0);
    }

    private static List<String> values(final RejectedFolder in) throws IOException {
        final List<String> values = new ArrayList<>();
        for (final Path file : in.files()) {
            try (RejectedLines lines = RejectedLines.open(file)) {
                for (RejectedLine line = lines.next(); line != null; line = lines.next()) {
                    try {
                        values.add(new String(line.read().record().value(), UTF_8));
                    } catch (final IOException e) {
                        values.add("damaged");
                    }
                }
            }
        }
        return values;
    }

    private static List<String> readable(final RejectedFolder in) throws IOException {
        return values(in).stream().filter(value -> !value.equals("damaged")).toList();
    }

    @Test
    void lineTornAtEachByte_neitherSwallowsTheNextNorHidesTheOthers() throws IOException {
        // Given
        folder.keep(rejected("one", "two \"\\\n \u00e4\u20ac\uD83D\uDE00"));
        final Path file = onlyFile(folder);
        final byte[] whole = Files.readAllBytes(file);
        final int lastLine = new String(whole, UTF_8).indexOf("\n") + 1;

        for (int length = lastLine; length <= whole.length; length++) {
            // Given
            Files.write(file, Arrays.copyOf(whole, length));

            // When
            new RejectedFolder(data, "c1", 1 << 20).keep(rejected("three"));

            // Then
            final List<String> left = values(folder);
            assertThat(left)
                    .as("cut at %s of %s", length, whole.length)
                    .startsWith("one")
                    .endsWith("three");
            if (length >= whole.length - 1) {
                assertThat(left).contains("two \"\\\n \u00e4\u20ac\uD83D\uDE00");
            }
        }
    }

    @Test
    void halfALine_before010sNextRecord_hidesNothing() throws IOException {
        // Given: 0.1.0 went on in the same line.
        folder.keep(rejected("one", "two"));
        final Path file = onlyFile(folder);
        final List<String> lines = Files.readAllLines(file);
        for (int length = 1; length < lines.get(0).length(); length++) {
            Files.writeString(
                    file,
                    lines.get(0) + "\n" + lines.get(0).substring(0, length) + lines.get(1) + "\n" + lines.get(0)
                            + "\n");

            // Then
            assertThat(values(folder)).as("half a line of %s", length).containsExactly("one", "damaged", "two", "one");
        }
    }

    @Test
    void fileWithoutALastLineBreak_keepsItsLastRecord() throws IOException {
        // Given: somebody's editor.
        folder.keep(rejected("one", "two"));
        final Path file = onlyFile(folder);
        Files.writeString(file, Files.readString(file).stripTrailing());

        // When
        folder.keep(rejected("three"));

        // Then
        assertThat(values(folder)).containsExactly("one", "two", "three");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyFiles.Fault.class,
            names = {"OPEN", "WRITE_HALF", "WRITE_LATER", "WRITE_NOTHING", "FORCE", "SYNC"})
    void failure_inTheMiddleOfABatch_leavesWhatFollowsReadable(final FaultyFiles.Fault fault) throws IOException {
        // Given: more than is written at a time
        final String large = "x".repeat(200_000);
        folder.keep(rejected("one"));

        for (final boolean truncates : new boolean[] {true, false}) {
            disk.faults.add(fault);
            if (!truncates) {
                disk.faults.add(FaultyFiles.Fault.TRUNCATE);
            }
            final RejectedFolder again = new RejectedFolder(data, "c1", 1 << 20, disk);

            // When
            assertThatThrownBy(() -> again.keep(rejected("lost", large, "lost")))
                    .isInstanceOf(IOException.class)
                    .message()
                    .doesNotContain("TRUNCATE");
            disk.faults.clear();
            again.keep(rejected("two"));

            // Then
            assertThat(readable(folder)).startsWith("one").endsWith("two");
            if (truncates) {
                assertThat(values(folder)).containsExactly("one", "two");
            }
        }
    }

    @Test
    void shortWrites_writeAll() throws IOException {
        // Given
        disk.faults.add(FaultyFiles.Fault.WRITE_SHORT);

        // When
        folder.keep(rejected("one", "x".repeat(1000), "three"));

        // Then
        assertThat(values(folder)).containsExactly("one", "x".repeat(1000), "three");
    }

    @Test
    void powerLoss_afterEachStep_leavesWhatWasKept(@TempDir final Path left) throws IOException {
        for (int step = 0; step < 5; step++) {
            // When
            folder.keep(rejected("value " + step));
            final Path after = left.resolve("after-" + step);
            disk.losePower(data, after);

            // Then
            assertThat(values(new RejectedFolder(after, "c1", 1 << 20)))
                    .containsExactlyElementsOf(IntStream.rangeClosed(0, step)
                            .mapToObj(i -> "value " + i)
                            .toList());
        }
    }

    @Test
    void kill_atAnyState_leavesWhatWasKept(@TempDir final Path copy) throws Exception {
        // Given: a bridge that writes, and copies of its folder as a kill at that moment would leave it
        final Thread bridge = new Thread(() -> {
            try {
                for (int i = 0; i < 60; i++) {
                    folder.keep(rejected("value " + i, "y".repeat(i * 100)));
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        bridge.start();
        int copies = 0;
        boolean more = true;
        while (more) {
            more = bridge.isAlive();
            final List<Path> files = folder.files();
            if (!files.isEmpty()) {
                final List<String> before = readable(folder);
                final Path target = copy.resolve("rejected/c1");
                Files.createDirectories(target);
                Files.copy(files.get(0), target.resolve("2026-11-25.jsonl"), StandardCopyOption.REPLACE_EXISTING);
                copies++;

                // When
                final RejectedFolder left = new RejectedFolder(copy, "c1", 1 << 22);
                Files.move(
                        target.resolve("2026-11-25.jsonl"),
                        target.resolve(files.get(0).getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
                left.keep(rejected("after"));

                // Then
                final List<String> after = readable(left);
                assertThat(after.subList(0, before.size())).isEqualTo(before);
                assertThat(after).endsWith("after");
            }
        }
        bridge.join();
        assertThat(copies).isPositive();
        assertThat(readable(folder)).hasSize(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "zeros", "binary", "array"})
    void damagedLine_hidesNoOther(final String damage) throws IOException {
        // Given
        folder.keep(rejected("one", "two", "three"));
        final Path file = onlyFile(folder);
        final List<String> lines = Files.readAllLines(file);
        final byte[] bad =
                switch (damage) {
                    case "nothing" -> "".getBytes(UTF_8);
                    case "zeros" -> new byte[5000];
                    case "binary" -> new byte[] {(byte) 0xff, (byte) 0xc3, 1};
                    default -> "[1]".getBytes(UTF_8);
                };
        Files.writeString(file, lines.get(0) + "\n");
        Files.write(file, bad, StandardOpenOption.APPEND);
        Files.writeString(file, "\n" + lines.get(2) + "\n", StandardOpenOption.APPEND);

        // Then
        assertThat(readable(folder)).containsExactly("one", "three");
        assertThat(values(folder)).hasSize(damage.equals("nothing") ? 2 : 3);
    }

    @Test
    void fullFolder_neverGrowsAboveItsBound() throws IOException {
        // Given
        final RejectedFolder small = new RejectedFolder(data, "c1", 10_000);
        small.keep(rejected("one"));

        // When
        assertThatThrownBy(() -> small.keep(rejected("two", "x".repeat(10_000))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is full");
        small.keep(rejected("three"));

        // Then
        assertThat(values(small)).containsExactly("one", "three");
        assertThat(Files.size(onlyFile(small))).isLessThan(10_000);
    }

    @Test
    void twoDeliveriesOfACluster_keepAtTheSameTime() throws Exception {
        // Given: a reload lets the old and the new one run side by side
        final List<Thread> threads = new ArrayList<>();
        final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            final RejectedFolder own = new RejectedFolder(data, "c1", 1 << 22);
            final Thread thread = new Thread(() -> {
                try {
                    for (int j = 0; j < 50; j++) {
                        own.keep(rejected("value"));
                    }
                } catch (final IOException | RuntimeException e) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(failures).isEmpty();
        assertThat(values(folder)).hasSize(200).containsOnly("value");
    }
}
