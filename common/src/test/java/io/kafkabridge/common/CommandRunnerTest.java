package io.kafkabridge.common;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommandRunnerTest {
    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Map<String, String> variables = new HashMap<>();
    final Greeting command = new Greeting();

    @BeforeEach
    void setRequiredOption() {
        variables.put("NAME", "Ana");
    }

    @ParameterizedTest(name = "flag {0}, environment {1}, .env {2}")
    @CsvSource(
            nullValues = "-",
            value = {"1, 2, 3, 1", "-, 2, 3, 2", "-, -, 3, 3", "-, '', 3, 3", "-, -, -, 7"})
    void aFlagComesBeforeTheEnvironmentBeforeTheFileBeforeTheDefault(
            @Nullable String flag, @Nullable String variable, @Nullable String setting, int times) throws IOException {
        // Given
        if (variable != null) {
            variables.put("TIMES", variable);
        }
        Files.writeString(folder.resolve(".env"), setting == null ? "" : "TIMES=" + setting);

        // When
        int exitCode = flag == null ? run() : run("--times", flag);

        // Then
        assertThat(exitCode).isZero();
        assertThat(command.times).isEqualTo(times);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with ${HOME} and $$", "\"quoted\"", "back\\slash", "@file", "-x", "a,b"})
    void takesASecretAsItIs(String password) {
        // Given
        variables.put("PASSWORD", password);

        // When
        int exitCode = run();

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(command.password).isEqualTo(new Secret(password));
        assertThat(command.password).hasToString("***");
    }

    @Test
    void readsTheFileThatAFlagNames() throws IOException {
        // Given
        Files.writeString(folder.resolve("other.env"), "TIMES=5");

        // When
        run("--env-file", "other.env");

        // Then
        assertThat(command.times).isEqualTo(5);
    }

    /** Names of other commands that share the file are none of ours, nor near to one of ours. */
    @Test
    void aSlipInTheFileIsTold() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve(".env"), "TIMS=5\nNAMES=Eva\nKAFKA_PORT=9092\n");

        // When
        int exitCode = run();

        // Then NAME itself is set
        assertThat(exitCode).isZero();
        assertThat(command.times).isEqualTo(7);
        assertThat(err).hasToString("TIMS in " + file + " is unknown; did you mean TIMES?\n");
    }

    @Test
    void aSlipInAFlagIsTold() {
        // When
        int exitCode = run("--tims", "3");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean --times?");
    }

    @Test
    void aNamedFileMustExist() {
        // When
        int exitCode = run("--env-file", "other.env");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err).hasToString("Cannot read " + folder.resolve("other.env") + ": no such file\n");
    }

    @Test
    void aWrongFlagIsOneLine() {
        // When
        int exitCode = run("--times", "many");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err)
                .hasToString("Wrong usage: Invalid value for option '--times': 'many' is not an int"
                        + " (--help shows all options)\n");
    }

    @Test
    void aWrongSettingTellsItsFile() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve(".env"), "TIMES=many");

        // When
        run();

        // Then
        assertThat(err.toString())
                .startsWith("Wrong usage: Invalid value for option '--times': 'many' is not an int, set by TIMES in "
                        + file);
    }

    @Test
    void aMissingSettingTellsBothWaysToSetIt() {
        // Given
        variables.clear();

        // When
        int exitCode = run();

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err)
                .hasToString("Wrong usage: --name is missing, or NAME in the environment or .env"
                        + " (--help shows all options)\n");
    }

    @Test
    void aFailureIsOneLine() {
        // Given
        command.failure = CommandFailure.failed("Cannot greet", new IllegalStateException("cause"));

        // When
        int exitCode = run();

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err).hasToString("Cannot greet\n");
    }

    @Test
    void debugShowsTheStackTrace() {
        // Given
        command.failure = CommandFailure.failed("Cannot greet", new IllegalStateException("cause"));

        // When
        run("--debug");

        // Then
        assertThat(err.toString()).contains("Caused by: java.lang.IllegalStateException: cause");
    }

    @Test
    void anUnexpectedFailureIsOneLineAsWell() {
        // Given
        command.failure = new IllegalStateException("surprise");

        // When
        int exitCode = run();

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err)
                .hasToString("Unexpected failure: java.lang.IllegalStateException: surprise (--debug shows more)\n");
    }

    private int run(String... args) {
        return new CommandRunner(variables, folder, new PrintWriter(out), new PrintWriter(err)).run(command, args);
    }
}
