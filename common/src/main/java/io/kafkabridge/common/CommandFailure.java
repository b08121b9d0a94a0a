package io.kafkabridge.common;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Ends a command with one line for the user and an exit code. The cause is shown only with {@code --debug}. */
public final class CommandFailure extends RuntimeException {
    private final int exitCode;

    private CommandFailure(int exitCode, String line, @Nullable Throwable cause) {
        super(line, cause);
        this.exitCode = exitCode;
    }

    /** The command could not do its work: exit code 1. */
    public static CommandFailure failed(String line, @Nullable Throwable cause) {
        return new CommandFailure(ExitCode.SOFTWARE, line, cause);
    }

    /** A flag, a variable or the .env file is wrong: exit code 2. */
    public static CommandFailure wrongSetting(String line) {
        return wrongSetting(line, null);
    }

    /** A flag, a variable or the .env file is wrong: exit code 2. */
    public static CommandFailure wrongSetting(String line, @Nullable Throwable cause) {
        return new CommandFailure(ExitCode.USAGE, line, cause);
    }

    public int exitCode() {
        return exitCode;
    }

    /** The line for the user; never null, unlike that of other exceptions. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
