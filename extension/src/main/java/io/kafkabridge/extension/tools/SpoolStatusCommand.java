package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.spool.SpoolInspection;

/** {@code spool status}: how much waits, since when, whether it is sound, and how much room there is. Reads only. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = BridgeCommand.Version.class,
        header = "tells what waits in the spools, and whether there is room",
        sortOptions = false,
        description =
                "Tells for each Kafka cluster how many records wait in its spool, since when, whether the files are sound, and how"
                        + " much room there is. It only reads, and HiveMQ may run meanwhile.",
        footer = {
            "$0 spool status",
            "$0 spool status --config conf/config.xml --cluster cluster01",
            "$0 spool status --data /var/lib/hivemq/data/hivemq-kafka-bridge --verify"
        },
        exitCodeList = {
            "0:there is nothing to do",
            "1:something wants a look: damage, no room, records that nobody sends, mistakes in the configuration",
            "2:the command is wrong",
            "3:a spool can't be read"
        })
final class SpoolStatusCommand implements Callable<Integer> {

    private static final int ATTENTION = 1;
    private static final int UNREADABLE = 3;

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--cluster", paramLabel = "ID", description = "Only that of this Kafka cluster.")
    private @Nullable String cluster;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The bridge's configuration file, for the limits of the spools and the ids of the clusters.")
    private @Nullable Path file;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where relative paths in the configuration start from. Default: see check.")
    private @Nullable Path home;

    @Option(names = "--verify", description = "Read and check every record. Takes as long as reading the files does.")
    private boolean verify;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Path spools = data.path().resolve("spool");
        int exit = 0;
        @Nullable BridgeConfig config = null;
        if (file != null) {
            try {
                config = ConfigOption.read(file, home);
            } catch (final ConfigException e) {
                err.println(e.getMessage());
                exit = ATTENTION;
            }
        }
        final Set<String> ids;
        try {
            ids = clusters(spools, config);
        } catch (final IOException e) {
            err.println("Can't read " + spools + ": " + e);
            return UNREADABLE;
        }
        if (ids.isEmpty()) {
            out.println(
                    cluster == null
                            ? "There is no spool in " + spools + ": nothing has waited for Kafka yet."
                            : "There is no spool of Kafka cluster " + cluster + " in " + spools + ".");
        }
        for (final String id : ids) {
            exit = Math.max(exit, show(spools.resolve(id), id, config, out, err));
        }
        return exit;
    }

    private int show(
            final Path folder,
            final String id,
            final @Nullable BridgeConfig config,
            final PrintWriter out,
            final PrintWriter err) {
        final Optional<KafkaCluster> settings = config == null
                ? Optional.empty()
                : config.clusters().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst();
        try {
            final SpoolInspection inspection = SpoolInspection.of(folder, verify);
            final SpoolText text = new SpoolText(inspection, folder, settings.map(KafkaCluster::spool));
            out.println("Kafka cluster " + id + ", in " + folder + ":");
            text.figures().forEach(line -> out.println("  " + line));
            final List<String> attention = text.attention(config != null && settings.isEmpty());
            attention.forEach(line -> out.println("  ! " + line));
            return attention.isEmpty() ? 0 : ATTENTION;
        } catch (final IOException e) {
            err.println("Can't read the spool of Kafka cluster " + id + " in " + folder + ": " + e);
            return UNREADABLE;
        }
    }

    /** Those that have a spool and those of the configuration, as far as they are asked for. */
    private Set<String> clusters(final Path spools, final @Nullable BridgeConfig config) throws IOException {
        final Set<String> ids = new TreeSet<>();
        if (Files.exists(spools)) {
            try (Stream<Path> folders = Files.list(spools)) {
                folders.filter(Files::isDirectory)
                        .forEach(folder -> ids.add(folder.getFileName().toString()));
            }
        }
        if (config != null) {
            config.clusters().forEach(each -> ids.add(each.id()));
        }
        ids.removeIf(id -> cluster != null && !cluster.equals(id));
        return ids;
    }
}
