package io.kafkabridge.extension.cli;

import java.util.Objects;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** What the extension's jar can do without a broker. */
@Command(
        name = "java -jar hivemq-kafka-bridge.jar",
        mixinStandardHelpOptions = true,
        versionProvider = BridgeCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tools for the HiveMQ Kafka Bridge. HiveMQ loads the same jar as an extension.",
        subcommands = {CheckCommand.class, RejectedCommand.class})
public final class BridgeCommand {

    private BridgeCommand() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(final String[] args) {
        // kafka-clients logs; there is nothing here that would take it, and slf4j would say so.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BridgeCommand());
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = BridgeCommand.class.getPackage().getImplementationVersion();
            return new String[] {"HiveMQ Kafka Bridge " + Objects.requireNonNullElse(version, "(unknown version)")};
        }
    }
}
