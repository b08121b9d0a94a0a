package io.kafkabridge.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with the arguments of a command, and what was probably meant. */
public final class WrongUsage {

    private WrongUsage() {}

    /** Says it in a line, and in another one where to look; returns the exit code. For a command's standard error. */
    public static int tell(final ParameterException wrong) {
        final CommandLine command = wrong.getCommandLine();
        command.getErr().println(line(wrong));
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    /** What is wrong, in a line. */
    static String line(final ParameterException wrong) {
        return wrong.getMessage()
                + meant(wrong).map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static Optional<String> meant(final ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        final String argument = unmatched.getUnmatched().get(0);
        final CommandLine command = wrong.getCommandLine();
        final int equals = argument.indexOf('=');
        if (argument.startsWith("--")) {
            final List<String> options = new ArrayList<>();
            command.getCommandSpec().options().forEach(option -> options.add(option.longestName()));
            return Nearest.of(equals < 0 ? argument : argument.substring(0, equals), options);
        }
        return argument.startsWith("-")
                ? Optional.empty()
                : Nearest.of(argument, command.getSubcommands().keySet());
    }
}
