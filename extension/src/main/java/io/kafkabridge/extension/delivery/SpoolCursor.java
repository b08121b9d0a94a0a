package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolReader;
import io.kafkabridge.spool.SpooledRecord;

/** Reads a spool record by record, from the first that Kafka may not have. For one thread. */
final class SpoolCursor {

    private final Spool spool;
    private @Nullable SpoolReader reader;
    private Iterator<SpooledRecord> batch = Collections.emptyIterator();
    private @Nullable SpooledRecord next;

    SpoolCursor(final Spool spool) {
        this.spool = spool;
    }

    /** The next record; null when there is none yet. The same until {@link #advance}. */
    @Nullable
    SpooledRecord peek() throws IOException {
        if (next == null) {
            next = read();
        }
        return next;
    }

    private @Nullable SpooledRecord read() throws IOException {
        if (!batch.hasNext()) {
            SpoolReader from = reader;
            if (from == null) {
                from = spool.reader();
                reader = from;
            }
            batch = from.next().iterator();
        }
        return batch.hasNext() ? batch.next() : null;
    }

    void advance() {
        next = null;
    }

    boolean isAtEnd() {
        final SpoolReader from = reader;
        return next == null && !batch.hasNext() && (from == null ? spool.start() : from.position()) == spool.end();
    }

    /** Begins again. */
    void rewind() throws IOException {
        final SpoolReader old = reader;
        reader = null;
        batch = Collections.emptyIterator();
        next = null;
        if (old != null) {
            old.close();
        }
    }
}
