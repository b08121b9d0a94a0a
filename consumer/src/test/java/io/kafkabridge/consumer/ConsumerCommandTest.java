package io.kafkabridge.consumer;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.common.CommandRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ConsumerCommandTest {
    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--group=g | 2 | Wrong usage: --bootstrap-servers is missing, or BOOTSTRAP_SERVERS in the environment or"
                        + " .env (--help shows all options)",
                "--bootstrap-servers=kafka:9092 --count=0 | 2 | --count must be 1 or more, not 0",
                "--bootstrap-servers=k:1 --follow --until-end | 2 | Give --follow or --until-end, not both",
                "--bootstrap-servers=k:1 --from=end --from-beginning | 2 | Give --from or --from-beginning, not both",
                "--bootstrap-servers=k:1 --json --format=value | 2 | Give --json or --format value, not both",
                "--bootstrap-servers=k:1 -v --format=value | 2 | --verbose shows more than --format value; give one of"
                        + " them",
                "--bootstrap-servers=k:1 --key-regex=a( | 2 | --key-regex 'a(' is no regular expression: Unclosed group"
                        + " at character 3",
                "--bootstrap-servers=k:1 --header==1 | 2 | --header '=1' names no header; use NAME or NAME=VALUE",
                "--bootstrap-servers=host.invalid:9092 | 1 | Unknown host in 'host.invalid:9092'; check BOOTSTRAP_SERVERS",
            })
    void aFailureIsOneLineAndAnExitCode(String args, int expectedExitCode, String line) {
        // When
        int exitCode = run(args.split(" "));

        // Then
        assertThat(exitCode).isEqualTo(expectedExitCode);
        assertThat(err).hasToString(line + "\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesAllVariables() {
        // When
        int exitCode = run("--help");

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("[BOOTSTRAP_SERVERS]", "[CLUSTER_ID]", "[API_KEY]", "[API_SECRET]");
    }

    private int run(String... args) {
        return new CommandRunner(Map.of(), folder, new PrintWriter(out), new PrintWriter(err))
                .run(new ConsumerCommand(), args);
    }
}
