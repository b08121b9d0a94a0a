package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

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
            "check conf/config.xml",
            "spool status",
            "rejected list",
            "--generate-completion > ~/.hivemq-kafka-bridge.sh"
        },
        exitCodeList = {"0:done", "2:the command is wrong", "other:see the command"},
        subcommands = {CheckCommand.class, SpoolCommand.class, RejectedCommand.class})
public final class BridgeCommand {

    private static final String COMPLETION = "--generate-completion";

    @SuppressWarnings("unused") // Seen by the execution strategy.
    @Option(
            names = COMPLETION,
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
                .setParameterExceptionHandler((e, arguments) -> misuse(e))
                .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command));
        jar().ifPresent(path -> line.setCommandName("java -jar " + path.getFileName()));
        ManualPage.layOut(line);
        return line;
    }

    /** One line that says what is wrong, and one that leads further. */
    private static int misuse(final ParameterException wrong) {
        final CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        return ExitCode.USAGE;
    }

    private static int fail(final Exception failure, final CommandLine command) throws Exception {
        if (failure instanceof IOException) {
            command.getErr().println("Can't read or write what is needed: " + failure);
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static int execute(final ParseResult parsed) {
        if (!parsed.hasMatchedOption(COMPLETION)) {
            return new RunLast().execute(parsed);
        }
        final CommandLine line = parsed.commandSpec().commandLine();
        line.getOut().print(Completion.script(line, jar().orElse(Path.of("hivemq-kafka-bridge.jar"))));
        line.getOut().flush();
        return 0;
    }

    /** The jar that this runs from; empty when it runs from a folder of classes. */
    static Optional<Path> jar() {
        final CodeSource source = BridgeCommand.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()).toAbsolutePath())
                            .filter(Files::isRegularFile);
        } catch (final URISyntaxException e) {
            return Optional.empty();
        }
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
