package io.kafkabridge.auth.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.kafkabridge.common.CommandFailure;

/** Where a password comes from. */
@FunctionalInterface
interface PasswordSource {

    /**
     * Asks for the password.
     *
     * @throws CommandFailure if there is none
     */
    String read() throws IOException;

    /** Asks at the terminal without showing what is typed. */
    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on, the console without a terminal reads standard input
    static PasswordSource terminal(boolean twice) {
        return () -> {
            Console console = System.console();
            if (console == null) {
                throw CommandFailure.wrongSetting("There is no terminal to ask for the password: use -i or -b.");
            }
            char[] password = console.readPassword("%s", twice ? "New password: " : "Password: ");
            if (password == null) {
                throw CommandFailure.wrongSetting("No password given.");
            }
            if (twice && !Arrays.equals(password, console.readPassword("%s", "Same password again: "))) {
                throw CommandFailure.wrongSetting("The two passwords are not the same.");
            }
            return new String(password);
        };
    }

    /** Reads the first line of standard input. */
    static PasswordSource standardInput() {
        return () -> {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw CommandFailure.wrongSetting("No password came from standard input.");
            }
            return line;
        };
    }
}
