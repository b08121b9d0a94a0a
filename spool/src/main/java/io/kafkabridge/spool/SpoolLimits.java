package io.kafkabridge.spool;

import java.nio.file.Path;

import io.kafkabridge.common.Wording;

/**
 * What a spool may take of the disk.
 *
 * @param maxBytes the size that all its segments together may reach
 * @param minFreeBytes the free space of the disk that a spool leaves to others
 * @param segmentBytes the size at which a new segment is begun; the last batch of a segment goes beyond it
 */
public record SpoolLimits(long maxBytes, long minFreeBytes, int segmentBytes) {

    /** 64 MiB: what is consumed is freed in steps of that size. */
    public static final int DEFAULT_SEGMENT_BYTES = 64 << 20;

    /** Checks the limits. */
    public SpoolLimits {
        if (maxBytes <= 0 || minFreeBytes < 0 || segmentBytes <= 0) {
            throw new IllegalArgumentException(
                    "Limits of a spool: " + maxBytes + ", " + minFreeBytes + ", " + segmentBytes);
        }
    }

    /** Bytes that a spool of so many may still grow by. */
    long free(final Disk disk, final Path folder, final long bytes) {
        return Math.max(0, Math.min(maxBytes - bytes, disk.usable(folder) - minFreeBytes));
    }

    /** Checks that a batch has room beside the bytes that a spool has already. */
    void check(final Disk disk, final Path folder, final long bytes, final int batch) throws SpoolFullException {
        if (bytes + batch > maxBytes) {
            throw new SpoolFullException("The spool %s holds %s of at most %s, %s more don't fit"
                    .formatted(folder, Wording.bytes(bytes), Wording.bytes(maxBytes), Wording.bytes(batch)));
        }
        final long usable = disk.usable(folder);
        if (usable - batch < minFreeBytes) {
            throw new SpoolFullException(
                    "The disk of the spool %s has %s left, of which %s must stay free, %s more don't fit"
                            .formatted(
                                    folder, Wording.bytes(usable), Wording.bytes(minFreeBytes), Wording.bytes(batch)));
        }
    }
}
