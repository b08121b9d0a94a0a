package io.kafkabridge.auth.cli;

import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** What went wrong, in a line. */
final class FailureText {

    private FailureText() {}

    /** Says what is wrong with the arguments, in a line, and where to look; returns the exit code. */
    static int show(ParameterException wrong) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println(wrong.getMessage());
        err.println("See: " + wrong.getCommandLine().getCommandName() + " --help");
        return ExitCode.USAGE;
    }

    static String of(Exception failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "No permission for " + denied.getFile() + ".";
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist.";
        }
        if (failure instanceof MalformedInputException) {
            return "The users file is not UTF-8; save it as UTF-8.";
        }
        return failure instanceof UsageException ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
