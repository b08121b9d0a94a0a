package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.kafka.Resend;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;

/** {@code rejected retry}: sends rejected records again. What Kafka takes is removed from the disk; the rest stays. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        versionProvider = BridgeCommand.Version.class,
        header = "sends rejected records again",
        sortOptions = false,
        description =
                "Sends them to their Kafka clusters again, once the cause is mended: a topic created, a limit raised, a permission"
                        + " given. What Kafka takes is removed from the disk, the rest stays. They come behind what was forwarded since.",
        footer = {
            "$0 rejected retry conf/config.xml",
            "$0 rejected retry conf/config.xml --kafka-topic plant --to-topic plant-mended"
        },
        exitCodeList = {
            "0:all were sent",
            "1:some were refused again or stay, or the configuration has mistakes",
            "2:the command is wrong",
            "3:a cluster can't be reached"
        })
final class RejectedRetryCommand implements Callable<Integer> {

    private static final int REFUSED = 1;
    private static final int NOT_REACHED = 3;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The bridge's configuration file, for its clusters.")
    private Path config = Path.of("");

    @Mixin
    private RejectedSelection selection = new RejectedSelection();

    @Option(
            names = "--to-topic",
            paramLabel = "TOPIC",
            description = "Send them to this Kafka topic instead of their own.")
    private @Nullable String toTopic;

    @Option(
            names = "--as-is",
            description =
                    "Send also publishes that a mapping couldn't make a record of, a payload that isn't JSON for example. They"
                            + " go to Kafka as they came, and only with this option or --to-topic.")
    private boolean asIs;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where relative paths in CONFIG start from. Default: see check.")
    private @Nullable Path home;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final BridgeConfig read;
        try {
            read = ConfigOption.read(config, home);
        } catch (final ConfigException e) {
            err.println(e.getMessage());
            return REFUSED;
        }
        int exit = 0;
        for (final String id : selection.clusters()) {
            final Optional<KafkaCluster> cluster = read.clusters().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst();
            if (cluster.isEmpty()) {
                err.println("Kafka cluster " + id + " isn't in " + config + "; its rejected records stay.");
                exit = Math.max(exit, REFUSED);
            } else {
                exit = Math.max(exit, retry(cluster.get(), out, err));
            }
        }
        return exit;
    }

    private int retry(final KafkaCluster cluster, final PrintWriter out, final PrintWriter err)
            throws IOException, InterruptedException {
        try (Resend resend = new Resend(cluster)) {
            final RejectedResend resent = new RejectedResend(selection, resend, toTopic, asIs || toTopic != null);
            for (final Path file : selection.folder(cluster.id()).files()) {
                resent.send(file);
            }
            out.println("Kafka cluster " + cluster.id() + ": " + Wording.count(resent.sent(), "record") + " sent, "
                    + resent.refused() + " refused again.");
            if (resent.unfit() > 0) {
                err.println("Left where they are, since no mapping could make them fit for Kafka: "
                        + Wording.count(resent.unfit(), "record")
                        + ". To send such publishes as they came: --as-is, or --to-topic.");
            }
            if (resent.lastRefusal() != null) {
                err.println("The last refusal: " + resent.lastRefusal());
            }
            if (resent.outage() != null) {
                err.println("Kafka cluster " + cluster.id() + " can't be reached; what wasn't sent stays: "
                        + resent.outage());
                return NOT_REACHED;
            }
            return resent.refused() + resent.unfit() > 0 ? REFUSED : 0;
        } catch (final UnknownHostException | KafkaException e) {
            err.println("Kafka cluster " + cluster.id() + " can't be reached: " + e);
            return NOT_REACHED;
        }
    }
}
