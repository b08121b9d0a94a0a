package io.kafkabridge.auth.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** A script for bash and zsh that makes the jar a command of the shell, with completion. */
final class Completion {

    static final String OPTION = "--generate-completion";

    private static final String NAME = "hivemq-file-auth";

    private Completion() {}

    /** Prints the script if that is asked for; otherwise runs the command. */
    static int execute(ParseResult parsed) {
        if (!parsed.hasMatchedOption(OPTION)) {
            return new RunLast().execute(parsed);
        }
        CommandLine command = parsed.commandSpec().commandLine();
        String jar = "'" + jar().replace("'", "'\\''") + "'";
        command.getOut().println(NAME + "() {\n  java -jar " + jar + " \"$@\"\n}");
        command.getOut().print(AutoComplete.bash(NAME, command));
        command.getOut().flush();
        return 0;
    }

    private static String jar() {
        try {
            return Path.of(Completion.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
