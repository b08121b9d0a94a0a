package io.kafkabridge.extension.tools;

import java.nio.file.Path;

import picocli.AutoComplete;
import picocli.CommandLine;

/** A script that makes the jar's commands a command of the shell, with completion. */
final class Completion {

    private static final String NAME = "hivemq-kafka-bridge";

    private Completion() {}

    /** The script for bash and zsh: a function that runs the jar, and what completes its arguments. */
    static String script(final CommandLine command, final Path jar) {
        final String quoted = "'" + jar.toString().replace("'", "'\\''") + "'";
        return NAME + "() {\n  java -jar " + quoted + " \"$@\"\n}\n" + AutoComplete.bash(NAME, command);
    }
}
