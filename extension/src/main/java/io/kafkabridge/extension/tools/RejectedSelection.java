package io.kafkabridge.extension.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.kafkabridge.extension.delivery.rejected.RejectedFolder;
import io.kafkabridge.extension.delivery.rejected.RejectedFormat;
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
         * @param line its line in the file
         */
        void read(RejectedRecord record, String line) throws IOException;
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

    /** Reads the selected records of a cluster, the oldest first; a line that is none is told. */
    void forEach(final String id, final PrintWriter err, final Reader reader) throws IOException {
        for (final Path file : folder(id).files()) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                int number = 0;
                String line = lines.readLine();
                while (line != null) {
                    number++;
                    RejectedRecord record = null;
                    try {
                        record = RejectedFormat.read(line);
                    } catch (final IOException e) {
                        err.println(file + ": line " + number + ": " + e.getMessage());
                    }
                    if (record != null && includes(record)) {
                        reader.read(record, line);
                    }
                    line = lines.readLine();
                }
            }
        }
    }
}
