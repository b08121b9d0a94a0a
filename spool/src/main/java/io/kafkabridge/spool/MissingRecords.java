package io.kafkabridge.spool;

import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;

/**
 * The records that the reader couldn't find, told to the operator once. For the drain's thread; the count may be asked by
 * any.
 */
final class MissingRecords {

    private static final Logger LOG = LoggerFactory.getLogger(MissingRecords.class);

    private final Path corruptFolder;
    private final NavigableMap<Long, Long> endByStart = new TreeMap<>();
    private final AtomicLong corruptSegments = new AtomicLong();

    MissingRecords(final Path corruptFolder) {
        this.corruptFolder = corruptFolder;
    }

    long corruptSegments() {
        return corruptSegments.get();
    }

    /** Notes that the bytes of a segment from a place on are no batch, and that records are missing for it. */
    void damaged(final Segment segment, final long at, final long from, final long to) {
        final boolean first = !segment.damaged();
        if (segment.damage(at)) {
            LOG.error(
                    "Spool segment {} is damaged at byte {}: {} from offset {} on can't be delivered. The file's other"
                            + " records are delivered, then it is moved to {}. Check the disk.",
                    segment.path(),
                    at,
                    Wording.count(Math.max(0, to - from), "record"),
                    from,
                    corruptFolder);
            if (first) {
                corruptSegments.incrementAndGet();
            }
        }
        add(from, to);
    }

    /** Notes that no file holds the records between two offsets. */
    void gone(final Path folder, final long from, final long to) {
        if (endByStart.getOrDefault(from, from) < to) {
            LOG.error(
                    "A segment of the spool {} is gone: {} from offset {} on are lost."
                            + " Did somebody delete a file? Check the disk.",
                    folder,
                    Wording.count(to - from, "record"),
                    from);
        }
        add(from, to);
    }

    private void add(final long from, final long to) {
        if (from < to) {
            endByStart.merge(from, to, Math::max);
        }
    }

    /** The first offset from a given one on that isn't missing. What lies before it is forgotten. */
    long skip(final long offset) {
        long next = offset;
        while (!endByStart.isEmpty() && endByStart.firstKey() <= next) {
            final Map.Entry<Long, Long> range = endByStart.pollFirstEntry();
            next = Math.max(next, range.getValue());
        }
        return next;
    }
}
