package io.kafkabridge.common;

import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has. They are read before all others, because the others depend on them. */
public final class GeneralOptions {
    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Settings file to use instead of .env in the working directory.")
    @Nullable
    Path envFile;

    @Option(names = "--debug", description = "Show the library's log and stack traces.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Option(
            names = Completion.OPTION,
            help = true,
            description = "Print a completion script for bash and zsh and exit; load it with: source <(...).")
    boolean completion;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    /** Where the command that has these options writes to. */
    public Console console() {
        CommandLine line =
                Objects.requireNonNull(command, "not part of a command").commandLine();
        return new Console(line.getOut(), line.getErr(), debug);
    }
}
