package io.kafkabridge.spool;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.offsets;
import static io.kafkabridge.spool.SpoolFolder.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A spool takes no more of the disk than it may. */
class SpoolLimitsTest {

    @TempDir
    private Path temp;

    @Test
    void append_beyondTheMaximum_isRefused_untilThereIsRoom() throws Exception {
        // Given
        try (Spool spool = Spool.open(temp, new SpoolLimits(350, 0, 1))) {
            append(spool, 1);
            append(spool, 1);
            append(spool, 1);
            append(spool, 1);
            final long full = spool.bytes();

            // When
            assertThatThrownBy(() -> append(spool, 1))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessage("The spool %s holds %d bytes of at most 350 bytes, %d bytes more don't fit"
                            .formatted(temp, full, full / 4));

            // Then
            assertThat(spool.bytes()).isEqualTo(full);
            assertThat(spool.end()).isEqualTo(4);
            spool.consumed(1);
            append(spool, 1);
            assertThat(offsets(spool)).isEqualTo(range(1, 5));
            assertThatThrownBy(() -> append(spool, 1)).isInstanceOf(SpoolFullException.class);
        }
    }

    @Test
    void append_toAFullSegment_isPossibleOnceItIsConsumed() throws Exception {
        // Given
        try (Spool spool = Spool.open(temp, new SpoolLimits(100, 0, 1 << 20))) {
            append(spool, 1);
            assertThatThrownBy(() -> append(spool, 1)).isInstanceOf(SpoolFullException.class);

            // When
            spool.consumed(1);

            // Then
            append(spool, 1);
            assertThat(offsets(spool)).isEqualTo(range(1, 2));
        }
    }

    @Test
    void append_ofABatchLargerThanTheMaximum_isRefused() throws Exception {
        try (Spool spool = Spool.open(temp.resolve("spool"), new SpoolLimits(100, 0, 1))) {
            assertThatThrownBy(() -> append(spool, 10)).isInstanceOf(SpoolFullException.class);
            assertThat(temp).isEmptyDirectory();
        }
    }

    @Test
    void append_thatWouldFillTheDisk_isRefused() throws Exception {
        try (Spool spool = Spool.open(temp.resolve("spool"), new SpoolLimits(Long.MAX_VALUE, Long.MAX_VALUE, 1))) {
            assertThatThrownBy(() -> append(spool, 1))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessageMatching(
                            "The disk of the spool .*spool has .* left, of which 8,388,608.0 TiB must stay free,"
                                    + " \\d+ bytes more don't fit");
            assertThat(temp).isEmptyDirectory();
        }
    }

    @Test
    void open_ofAFullSpool_countsWhatIsThere() throws Exception {
        // Given
        final SpoolLimits limits = new SpoolLimits(200, 0, 1);
        SpoolFolder.fill(temp, limits, 2, 1);

        // When
        try (Spool spool = Spool.open(temp, limits)) {
            // Then
            assertThatThrownBy(() -> append(spool, 1)).isInstanceOf(SpoolFullException.class);
        }
    }

    @Test
    void limits_thatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> new SpoolLimits(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpoolLimits(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpoolLimits(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
