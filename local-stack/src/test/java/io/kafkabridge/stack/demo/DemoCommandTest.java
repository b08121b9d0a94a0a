package io.kafkabridge.stack.demo;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class DemoCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--count=0              | --count must be at least 1, not 0.",
                "--count=many           | Invalid value for option '--count': 'many' is not an int",
                "--count=1 --brokers-only | Error: --count=N, --brokers-only are mutually exclusive (specify only one)",
                "--loud                 | Unknown option: '--loud'"
            })
    void wrongCommand_isToldInTheFirstLine(String arguments, String message) {
        // When
        int exitCode = command.execute(arguments.split(" "));

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines().findFirst()).contains(message);
    }

    @Test
    void help_tellsTheExitCodes() {
        // When
        int exitCode = command.execute("--help");

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("--brokers-only", "0   all messages of --count came out of Kafka");
    }
}
