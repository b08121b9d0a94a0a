package io.kafkabridge.benchmark.formats.candidate;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A first-in-first-out buffer on disk. A folder is either new and appended to, or reopened and read. Not thread-safe. */
public interface SpoolFormat extends AutoCloseable {

    /** Adds records behind those that are there; when it returns, all of them survive a power cut. */
    void append(List<SpoolRecord> records) throws IOException;

    /**
     * Reads all records, oldest first.
     *
     * @param sink must be through with a record before it returns
     * @throws IOException if something can't be read; what could be read before was handed out
     */
    void readAll(Consumer<SpoolRecord> sink) throws IOException;

    @Override
    void close() throws IOException;
}
