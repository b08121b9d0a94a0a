package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.kafkabridge.common.ProgramJar;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigPrinter;
import io.kafkabridge.extension.config.ConfigSchema;
import io.kafkabridge.extension.kafka.ClusterProbe;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.record.Publish;

/** {@code check}: is a configuration right, what does it say in full, and what would it do with a publish? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = BridgeCommand.Version.class,
        header = "checks a configuration, and shows what it does with a publish",
        sortOptions = false,
        description =
                "Checks a configuration without a broker and prints what is in force, with secrets hidden. With --topic, it"
                        + " shows which mappings a publish matches and what their records are.",
        footer = {
            "$0 check conf/config.xml",
            "$0 check conf/config.xml --connect --quiet",
            "$0 check conf/config.xml --topic plant/7/temp --client-id sensor-1 --payload '{\"t\":21}'"
        },
        exitCodeList = {
            "0:the configuration is right",
            "1:it has mistakes; they are on the standard error",
            "2:the command is wrong",
            "3:--connect: a cluster can't be reached"
        })
final class CheckCommand implements Callable<Integer> {

    private static final int MISTAKES = 1;
    private static final int NOT_REACHED = 3;

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("");

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description =
                    "Where relative paths in it start from: the extension's folder. Default: the folder above conf, if the"
                            + " file lies in such a one, else its own.")
    private @Nullable Path home;

    @Option(names = "--connect", description = "Try the clusters as well, and look for the Kafka topics.")
    private boolean connect;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long --connect waits for a cluster. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Option(
            names = {"-q", "--quiet"},
            description = "Don't print the configuration.")
    private boolean quiet;

    @ArgGroup(exclusive = false, heading = "%nWhat would become of a publish:%n")
    private @Nullable PublishOptions publish;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        lookForDisabled(err);
        final BridgeConfig config;
        try {
            config = ConfigOption.read(file, home);
        } catch (final ConfigException e) {
            err.println(e.getMessage());
            err.println(Wording.count(e.problems().size(), "problem") + " in " + file);
            return MISTAKES;
        }
        warn(config, err);
        if (!quiet) {
            config.clusters().forEach(cluster -> out.print(ConfigPrinter.print("kafka-cluster", cluster, 0)));
            config.mappings().forEach(mapping -> out.print(ConfigPrinter.print("mqtt-to-kafka-mapping", mapping, 0)));
            config.monitoring().ifPresent(monitoring -> out.print(ConfigPrinter.print("monitoring", monitoring, 0)));
            out.println();
        }
        if (publish != null) {
            new PublishPreview(config, out).show(toPublish(publish));
        }
        final boolean reached = !connect || connectAll(config, out, err);
        out.println(file + " is right: " + Wording.count(config.mappings().size(), "mapping") + " to "
                + Wording.count(config.clusters().size(), "cluster") + ".");
        return reached ? 0 : NOT_REACHED;
    }

    /** The file that HiveMQ puts into the folder of an extension whose start fails, which version 0.1.0 did. */
    private void lookForDisabled(final PrintWriter err) {
        final Path extension = home != null ? home : ConfigOption.homeOf(file);
        Stream.concat(Stream.of(extension), ProgramJar.of(CheckCommand.class).map(Path::getParent).stream())
                .map(folder -> folder.resolve("DISABLED"))
                .filter(Files::exists)
                .distinct()
                .forEach(disabled -> err.println(disabled.toAbsolutePath()
                        + ": warning: HiveMQ doesn't load the bridge while this file is there, and acknowledges messages that reach"
                        + " no Kafka. Delete it and restart HiveMQ."));
    }

    private Publish toPublish(final PublishOptions options) {
        try {
            return options.toPublish();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Tells what starts all the same, but wants a look. */
    private void warn(final BridgeConfig config, final PrintWriter err) {
        try {
            Stream.concat(config.warnings().stream(), ConfigSchema.problems(file).stream())
                    .forEach(warning -> err.println(file + ": warning: " + warning));
        } catch (final IOException e) {
            err.println(file + ": warning: can't be checked by the schema: " + e);
        }
    }

    private boolean connectAll(final BridgeConfig config, final PrintWriter out, final PrintWriter err) {
        boolean all = true;
        for (final KafkaCluster cluster : config.clusters()) {
            final List<String> topics = PublishPreview.constantTopics(config, cluster.id());
            try {
                final ClusterProbe.Answer answer =
                        ClusterProbe.ask(cluster, topics, Duration.ofSeconds(timeoutSeconds));
                out.println("Cluster " + cluster.id() + " (" + cluster.bootstrapServers() + "): "
                        + Wording.count(answer.brokers(), "broker") + ".");
                for (final Map.Entry<String, String> topic : answer.topics().entrySet()) {
                    out.println("  Kafka topic " + topic.getKey() + ": " + topic.getValue());
                }
            } catch (final UnknownHostException e) {
                all = refused(err, cluster, "no such host: " + e.getMessage());
            } catch (final TimeoutException e) {
                all = refused(
                        err,
                        cluster,
                        "no answer within " + timeoutSeconds
                                + " s. Is Kafka running, and are <bootstrap-servers> and <tls>" + " right?");
            } catch (final ExecutionException e) {
                all = refused(err, cluster, String.valueOf(e.getCause()));
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (final RuntimeException e) {
                all = refused(err, cluster, String.valueOf(e.getCause() == null ? e : e.getCause()));
            }
        }
        return all;
    }

    private static boolean refused(final PrintWriter err, final KafkaCluster cluster, final String why) {
        err.println("Cluster " + cluster.id() + " (" + cluster.bootstrapServers() + ") can't be reached: " + why);
        return false;
    }
}
