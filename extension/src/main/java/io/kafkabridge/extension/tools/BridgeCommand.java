package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

import io.kafkabridge.common.Completion;
import io.kafkabridge.common.FailureText;
import io.kafkabridge.common.ManifestVersion;
import io.kafkabridge.common.ManualPage;
import io.kafkabridge.common.ProgramJar;
import io.kafkabridge.common.WrongUsage;

/** What the extension's jar can do without a broker. */
@Command(
        name = "java -jar hivemq-kafka-bridge.jar",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = BridgeCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "tools for the HiveMQ Kafka Bridge",
        description = "HiveMQ loads the same jar as an extension. COMMAND --help tells more.",
        footer = {
            "$0 check conf/config.xml",
            "$0 spool status",
            "$0 rejected list",
            "$0 --generate-completion > ~/.hivemq-kafka-bridge.sh"
        },
        exitCodeList = {"0:done", "2:the command is wrong", "other:see the command"},
        subcommands = {CheckCommand.class, SpoolCommand.class, RejectedCommand.class})
public final class BridgeCommand {

    private static final int WIDTH = 96;
    private static final String NAME = "hivemq-kafka-bridge";

    @SuppressWarnings("unused") // Seen by the execution strategy.
    @Option(
            names = Completion.OPTION,
            help = true,
            description =
                    "Print a script for bash and zsh that defines the command hivemq-kafka-bridge with completion, and exit;"
                            + " load it with: source FILE")
    private boolean completion;

    private BridgeCommand() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(final String[] args) {
        // kafka-clients logs; there is nothing here that would take it, and slf4j would say so.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new BridgeCommand())
                .setExecutionStrategy(BridgeCommand::execute)
                .setParameterExceptionHandler((e, arguments) -> WrongUsage.tell(e))
                .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command));
        ProgramJar.of(BridgeCommand.class).ifPresent(path -> line.setCommandName("java -jar " + path.getFileName()));
        line.setUsageHelpWidth(WIDTH);
        ManualPage.layOut(line);
        return line;
    }

    private static int fail(final Exception failure, final CommandLine command) throws Exception {
        if (failure instanceof IOException broken) {
            command.getErr().println("Can't read or write what is needed: " + FailureText.of(broken));
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static int execute(final ParseResult parsed) {
        if (!parsed.hasMatchedOption(Completion.OPTION)) {
            return new RunLast().execute(parsed);
        }
        final CommandLine line = parsed.commandSpec().commandLine();
        final Path jar = ProgramJar.of(BridgeCommand.class).orElse(Path.of(NAME + ".jar"));
        line.getOut().print(Completion.ofJar(line, NAME, jar));
        line.getOut().flush();
        return 0;
    }

    /** The version of the jar. */
    static final class Version extends ManifestVersion {
        Version() {
            super("HiveMQ Kafka Bridge");
        }
    }
}
