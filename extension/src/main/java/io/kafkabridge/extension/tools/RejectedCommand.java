package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.kafkabridge.common.Wording;

/** {@code rejected}: what the bridge kept of records that Kafka won't take. */
@Command(
        name = "rejected",
        mixinStandardHelpOptions = true,
        versionProvider = BridgeCommand.Version.class,
        header = "looks at rejected records, and sends them again",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Looks at the records that were rejected for good and are kept on the broker's disk, and sends them again. HiveMQ"
                        + " may run meanwhile.",
        footer = {
            "$0 rejected list",
            "$0 rejected show --kafka-topic plant --limit 3",
            "$0 rejected export --reason RecordTooLarge --to too-large.jsonl",
            "$0 rejected retry conf/config.xml --kafka-topic plant"
        },
        subcommands = RejectedRetryCommand.class)
final class RejectedCommand {

    /** What is longer isn't for reading on a screen. */
    private static final long SHOWN_BYTES = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    /** Counts of one reason for one Kafka topic. */
    private static final class Group {
        private long records;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        private void add(final Instant time) {
            records++;
            first = time.isBefore(first) ? time : first;
            last = time.isAfter(last) ? time : last;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = BridgeCommand.Version.class,
            header = "counts rejected records by Kafka topic and reason",
            description = "Counts them by Kafka topic and reason, with the times of the first and the last.")
    int list(@Mixin final RejectedSelection selection) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        long all = 0;
        for (final String cluster : selection.clusters()) {
            final Map<String, Group> groups = new TreeMap<>();
            selection.forEach(cluster, spec.commandLine().getErr(), (record, line) -> groups.computeIfAbsent(
                            record.record().topic() + ": " + record.reason(), ignored -> new Group())
                    .add(record.time()));
            if (!groups.isEmpty()) {
                out.println("Kafka cluster " + cluster + ", in "
                        + selection.folder(cluster).path() + ":");
            }
            for (final Map.Entry<String, Group> entry : groups.entrySet()) {
                final Group group = entry.getValue();
                out.println("  " + group.records + " x " + entry.getKey() + " (" + group.first
                        + (group.records == 1 ? "" : " to " + group.last) + ")");
                all += group.records;
            }
        }
        out.println(all == 0 ? "No rejected records." : Wording.count(all, "rejected record") + ".");
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            versionProvider = BridgeCommand.Version.class,
            header = "shows rejected records",
            description = "Shows them, the oldest first.")
    int show(
            @Mixin final RejectedSelection selection,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "10",
                            description = "How many at most. Default: ${DEFAULT-VALUE}.")
                    final int limit)
            throws IOException {
        final RecordText text = new RecordText(spec.commandLine().getOut());
        final int[] shown = {0};
        for (final String cluster : selection.clusters()) {
            selection.forEach(cluster, spec.commandLine().getErr(), (record, line) -> {
                if (shown[0]++ < limit) {
                    text.heading(record.time() + ", Kafka cluster " + cluster + ": " + record.reason());
                    if (line.size() <= SHOWN_BYTES) {
                        text.show(line.read().record());
                    } else {
                        text.showWithoutValue(
                                record.record(),
                                "not shown here, its line has " + Wording.bytes(line.size()) + "; see rejected export");
                    }
                }
            });
        }
        if (shown[0] > limit) {
            spec.commandLine().getOut().println((shown[0] - limit) + " more; see --limit.");
        }
        return 0;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            versionProvider = BridgeCommand.Version.class,
            header = "writes rejected records as JSON lines",
            description = "Writes them as JSON lines, to a file or the standard output. They stay where they are.")
    int export(
            @Mixin final RejectedSelection selection,
            @Option(names = "--to", paramLabel = "FILE", description = "A new file.") final @Nullable Path file)
            throws IOException {
        final PrintWriter out = file == null
                ? spec.commandLine().getOut()
                : new PrintWriter(
                        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW), false);
        try {
            for (final String cluster : selection.clusters()) {
                selection.forEach(cluster, spec.commandLine().getErr(), (record, line) -> {
                    new InputStreamReader(line.content(), StandardCharsets.UTF_8).transferTo(out);
                    out.println();
                });
            }
        } finally {
            out.flush();
            if (file != null) {
                out.close();
            }
        }
        if (out.checkError()) {
            throw new IOException("can't write " + (file == null ? "the standard output" : file));
        }
        return 0;
    }
}
