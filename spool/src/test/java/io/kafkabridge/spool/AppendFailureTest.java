package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.spool.FaultyDisk.Fault;

import static io.kafkabridge.spool.SpoolFolder.LIMITS;
import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.corrupt;
import static io.kafkabridge.spool.SpoolFolder.offsets;
import static io.kafkabridge.spool.SpoolFolder.range;
import static io.kafkabridge.spool.SpoolFolder.record;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A disk that takes no more: what couldn't be appended is never read, and what comes later is. */
class AppendFailureTest {

    @TempDir
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();

    /** Ways to fail, each with or without the chance to cut off what was written. */
    static List<Set<Fault>> failures() {
        return List.of(
                EnumSet.of(Fault.WRITE),
                EnumSet.of(Fault.WRITE_HALF),
                EnumSet.of(Fault.WRITE_NOTHING),
                EnumSet.of(Fault.FORCE),
                EnumSet.of(Fault.WRITE, Fault.TRUNCATE),
                EnumSet.of(Fault.WRITE_HALF, Fault.TRUNCATE),
                EnumSet.of(Fault.FORCE, Fault.TRUNCATE));
    }

    /** Fails to append two records, whose values are not their offsets. */
    private void failToAppend(final Spool spool, final Set<Fault> faults) {
        final long end = spool.end();
        disk.faults.addAll(faults);
        assertThatThrownBy(() -> spool.append(
                        List.of(new Spool.Entry("m", record("in vain")), new Spool.Entry("m", record("in vain, too")))))
                .isInstanceOf(IOException.class);
        disk.faults.clear();
        assertThat(spool.end()).isEqualTo(end);
    }

    private void assertThatNothingFailedIsRead(final long start, final long end) throws IOException {
        try (Spool spool = Spool.open(folder, LIMITS)) {
            assertThat(offsets(spool)).isEqualTo(range(start, end));
            assertThat(spool.corruptSegments()).isZero();
            spool.consumed(end);
            assertThat(segments(folder)).isEmpty();
            assertThat(corrupt(folder)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void append_thatFails_keepsNothing_andTheNextGoesOn(final Set<Fault> faults) throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS, disk);
        append(spool, 3);

        // When
        failToAppend(spool, faults);

        // Then
        assertThat(offsets(spool)).isEqualTo(range(0, 3));
        append(spool, 1);
        append(spool, 3);
        assertThat(offsets(spool)).isEqualTo(range(0, 7));
        // Not closed: as a power loss leaves it.
        assertThatNothingFailedIsRead(0, 7);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void append_thatFailsAtTheStartOfASegment_keepsNothing_andTheNextGoesOn(final Set<Fault> faults) throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS, disk);
        append(spool, 1);
        spool.consumed(1);

        // When
        failToAppend(spool, faults);
        failToAppend(spool, faults);

        // Then
        assertThat(offsets(spool)).isEmpty();
        append(spool, 3);
        assertThat(offsets(spool)).isEqualTo(range(1, 4));
        assertThatNothingFailedIsRead(1, 4);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void append_thatFailsBeforeAnythingWasSafe_leavesNothingToRead(final Set<Fault> faults) throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS, disk);

        // When
        failToAppend(spool, faults);

        // Then
        assertThat(offsets(spool)).isEmpty();
        append(spool, 3);
        assertThatNothingFailedIsRead(0, 3);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void append_thatFailsAgainAndAgain_keepsTheOrder(final Set<Fault> faults) throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS, disk);

        // When
        for (int i = 0; i < 5; i++) {
            append(spool, 2);
            failToAppend(spool, faults);
            failToAppend(spool, EnumSet.of(Fault.WRITE_HALF));
        }
        append(spool, 2);

        // Then
        assertThat(offsets(spool)).isEqualTo(range(0, 12));
        assertThatNothingFailedIsRead(0, 12);
    }

    @Test
    void append_afterAFailedFsync_doesNotUseTheFileAgain() throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS, disk);
        append(spool, 3);
        failToAppend(spool, EnumSet.of(Fault.FORCE));

        // When
        append(spool, 1);

        // Then
        assertThat(segments(folder))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("00000000000000000000.log", "00000000000000000003.log");
    }

    @Test
    void append_afterAFailedWrite_usesTheFileAgain() throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS, disk);
        append(spool, 3);
        failToAppend(spool, EnumSet.of(Fault.WRITE_HALF));

        // When
        append(spool, 1);

        // Then
        assertThat(segments(folder)).hasSize(1);
    }

    @Test
    void append_thatCantOpenItsFile_worksOnceItCan() throws Exception {
        // Given
        try (Spool spool = Spool.open(folder, LIMITS)) {
            append(spool, 3);
        }
        final Spool resumed = Spool.open(folder, LIMITS, disk);

        // When
        failToAppend(resumed, EnumSet.of(Fault.OPEN));
        append(resumed, 1);
        resumed.consumed(4);
        failToAppend(resumed, EnumSet.of(Fault.OPEN));
        append(resumed, 1);

        // Then
        assertThat(offsets(resumed)).isEqualTo(range(4, 5));
        assertThat(resumed.bytes()).isEqualTo(segments(folder).get(0).toFile().length());
    }

    @Test
    void append_byAnInterruptedThread_fails_andTheNextGoesOn() throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS);
        append(spool, 3);

        // When
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> append(spool, 1)).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        append(spool, 2);

        // Then
        assertThat(offsets(spool)).isEqualTo(range(0, 5));
        assertThatNothingFailedIsRead(0, 5);
    }

    @Test
    void consumed_afterAFailedAppend_freesEverything() throws Exception {
        // Given
        final Spool spool = Spool.open(folder, LIMITS, disk);
        append(spool, 3);
        failToAppend(spool, EnumSet.of(Fault.FORCE, Fault.TRUNCATE));

        // When
        spool.consumed(3);

        // Then
        assertThat(segments(folder)).isEmpty();
        assertThat(spool.bytes()).isZero();
        append(spool, 1);
        assertThat(offsets(spool)).isEqualTo(range(3, 4));
    }
}
