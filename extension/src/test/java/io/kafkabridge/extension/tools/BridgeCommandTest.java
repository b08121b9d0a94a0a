package io.kafkabridge.extension.tools;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** The help of the jar's commands is a manual page, and a shell can complete them. */
class BridgeCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        final CommandLine command = BridgeCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check",
                "rejected",
                "rejected list",
                "rejected show",
                "rejected export",
                "rejected retry",
                "spool",
                "spool status"
            })
    void help_isAManualPage(final String command) {
        // When
        final int exit = run((command + " --help").strip().split(" "));

        // Then
        assertThat(exit).isZero();
        final String name = "java -jar hivemq-kafka-bridge.jar" + (command.isEmpty() ? "" : " " + command);
        assertThat(out.toString())
                .startsWith("NAME\n    " + name + " - ")
                .containsSubsequence("\nSYNOPSIS\n    " + name, "\nDESCRIPTION\n    ", "\nOPTIONS\n", "--help")
                .doesNotContain("%n", "${");
        assertThat(out.toString().lines().filter(line -> !line.startsWith("    java -jar ")))
                .allMatch(line -> line.length() <= 100);
    }

    @Test
    void examples_areWholeCommands() {
        // When
        run("spool", "status", "--help");

        // Then
        assertThat(out.toString())
                .contains("\nEXAMPLES\n    java -jar hivemq-kafka-bridge.jar spool status\n", "\nEXIT STATUS\n");
    }

    @Test
    void completion_knowsEveryCommand() {
        // When
        final int exit = run("--generate-completion");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .startsWith("hivemq-kafka-bridge() {\n  java -jar '")
                .contains("--kafka-topic", "--verify", "--correlation-data");
        assertThat(Arrays.asList("check", "rejected", "spool", "status", "retry"))
                .allMatch(word -> out.toString().contains(word));
    }

    @ParameterizedTest
    @CsvSource({
        "'', Missing required subcommand, ''",
        "spool statsu, Unmatched argument at index 1, ' spool'",
        "check, Missing required parameter, ' check'",
        "spool status --verifi, Unknown option, ' spool status'"
    })
    void wrongCommand_isToldInALine_withAHint(final String command, final String message, final String about) {
        // When
        final int exit = run(command.isEmpty() ? new String[0] : command.split(" "));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .satisfiesExactly(line -> assertThat(line).startsWith(message), line -> assertThat(line)
                        .isEqualTo("See: java -jar hivemq-kafka-bridge.jar" + about + " --help"));
    }
}
