package io.kafkabridge.spool;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of the spool: batches one behind the other, from the offset in its name on. It counts up to the base of the next
 * segment; what may lie behind that was never safe.
 *
 * <p>Any thread may ask; what is safe is set by the appender, what is damaged by the reader.
 */
final class Segment {

    /**
     * How much of a segment is safe.
     *
     * @param size bytes from the start of the file
     * @param end offset after the last record; {@link Long#MAX_VALUE} where only the next segment's base tells
     */
    record Extent(long size, long end) {}

    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.log");

    private final long base;
    private final Path path;
    private volatile Extent safe;
    private volatile boolean damaged;

    /** Up to which byte damage was reported; the reader's thread only. */
    private long reported;

    Segment(final Path folder, final long base, final Extent safe) {
        this.base = base;
        this.path = path(folder, base);
        this.safe = safe;
    }

    static Path path(final Path folder, final long base) {
        return folder.resolve("%020d.log".formatted(base));
    }

    /** The base offset that a file's name tells; empty when it isn't a segment's name. */
    static Optional<Long> base(final Path path) {
        return Optional.of(NAME.matcher(path.getFileName().toString()))
                .filter(matcher -> matcher.matches())
                .filter(matcher -> matcher.group(1).compareTo("%020d".formatted(Long.MAX_VALUE)) < 0)
                .map(matcher -> Long.valueOf(matcher.group(1)));
    }

    long base() {
        return base;
    }

    Path path() {
        return path;
    }

    Extent safe() {
        return safe;
    }

    void safe(final Extent extent) {
        safe = extent;
    }

    boolean damaged() {
        return damaged;
    }

    /** Notes damage. Returns false when the damage at that byte is known. */
    boolean damage(final long at) {
        if (damaged && at <= reported) {
            return false;
        }
        damaged = true;
        reported = at;
        return true;
    }
}
