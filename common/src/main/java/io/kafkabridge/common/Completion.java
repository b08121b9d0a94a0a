package io.kafkabridge.common;

import java.nio.file.Path;

import picocli.AutoComplete;
import picocli.CommandLine;

/** Scripts for bash and zsh that complete what one types. */
public final class Completion {

    /** The option that prints the script. */
    public static final String OPTION = "--generate-completion";

    private Completion() {}

    /** The script for a command that the shell knows already. */
    static String of(final CommandLine command) {
        return AutoComplete.bash(command.getCommandName(), command);
    }

    /**
     * The script for a jar: also makes it a command of the shell.
     *
     * @param name what the command will be called
     * @param jar the program
     */
    public static String ofJar(final CommandLine command, final String name, final Path jar) {
        final String quoted = "'" + jar.toString().replace("'", "'\\''") + "'";
        return name + "() {\n  java -jar " + quoted + " \"$@\"\n}\n" + AutoComplete.bash(name, command);
    }
}
