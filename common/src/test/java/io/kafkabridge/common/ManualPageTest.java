package io.kafkabridge.common;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command tells about itself, whether its settings are right or not. */
class ManualPageTest {
    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Greeting command = new Greeting();

    @Test
    void helpWorksWithABrokenFile() throws IOException {
        // Given
        Files.writeString(folder.resolve(".env"), "nonsense");

        // When
        int exitCode = run("--help");

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).startsWith("NAME\n    greeting - ");
    }

    @Test
    void helpIsAManualPage() {
        // When
        int exitCode = run("--help");

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines().filter(line -> line.matches("[A-Z ]+")))
                .containsExactly(
                        "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT");
        assertThat(out.toString())
                .startsWith("NAME\n    greeting - greet people\n\nSYNOPSIS\n    greeting [OPTION]...\n")
                .contains("\nEXIT STATUS\n    0       done\n    12, 34  stopped\n")
                .contains("\nEXAMPLES\n    greeting --name Ana\n")
                .endsWith("\n    NAME      --name\n    TIMES     --times\n    PASSWORD  --password\n");
    }

    @Test
    void completionNeedsNoSettings() throws IOException {
        // Given
        Files.writeString(folder.resolve(".env"), "nonsense");

        // When
        int exitCode = run("--generate-completion");

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("complete -F _complete_greeting -o default greeting ", "'--times'");
        assertThat(command.greeted).isFalse();
    }

    private int run(String... args) {
        return new CommandRunner(Map.of(), folder, new PrintWriter(out), new PrintWriter(err)).run(command, args);
    }
}
