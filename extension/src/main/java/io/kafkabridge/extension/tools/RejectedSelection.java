package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.kafkabridge.extension.delivery.rejected.RejectedFolder;
import io.kafkabridge.extension.delivery.rejected.RejectedLine;
import io.kafkabridge.extension.delivery.rejected.RejectedLines;
import io.kafkabridge.extension.delivery.rejected.RejectedRecord;

/** Which rejected records a command is about. */
final class RejectedSelection {

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--cluster", paramLabel = "ID", description = "Only those of this Kafka cluster.")
    private @Nullable String cluster;

    @Option(names = "--kafka-topic", paramLabel = "TOPIC", description = "Only those for this Kafka topic.")
    private @Nullable String topic;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Only those whose reason has this text in it.")
    private @Nullable String reason;

    /** Takes one record after the other. */
    @FunctionalInterface
    interface Reader {

        /**
         * A record that was selected.
         *
         * @param record without its value, which may be of any size
         * @param line its line in the file, with the value
         */
        void read(RejectedRecord record, RejectedLine line) throws IOException;
    }

    Path data() {
        return data.path();
    }

    /** The clusters that have rejected records and are selected. */
    List<String> clusters() throws IOException {
        return RejectedFolder.clusters(data()).stream()
                .filter(id -> cluster == null || cluster.equals(id))
                .toList();
    }

    /** The folder of a cluster; nothing is added to it. */
    RejectedFolder folder(final String id) {
        return new RejectedFolder(data(), id, Long.MAX_VALUE);
    }

    boolean includes(final RejectedRecord record) {
        return (topic == null || topic.equals(record.record().topic()))
                && (reason == null
                        || record.reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)));
    }

    /**
     * Reads the selected records of a cluster, the oldest first. A line that is none is told, and hides no other.
     *
     * @throws IOException when a file can't be read to its end, once the others were
     */
    void forEach(final String id, final PrintWriter err, final Reader reader) throws IOException {
        IOException failure = null;
        for (final Path file : folder(id).files()) {
            try (RejectedLines lines = RejectedLines.open(file)) {
                for (RejectedLine line = lines.next(); line != null; line = lines.next()) {
                    final RejectedRecord record = read(file, line, err);
                    if (record != null && includes(record)) {
                        reader.read(record, line);
                    }
                }
            } catch (final NoSuchFileException e) {
                err.println(file + " was taken away meanwhile.");
            } catch (final IOException e) {
                failure = new IOException("can't read " + file + ": " + e.getMessage(), e);
                err.println(failure.getMessage());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RejectedRecord read(final Path file, final RejectedLine line, final PrintWriter err) {
        try {
            return line.readWithoutValue();
        } catch (final IOException e) {
            err.println(file + ": line " + line.number() + ": " + e.getMessage());
            return null;
        }
    }
}
