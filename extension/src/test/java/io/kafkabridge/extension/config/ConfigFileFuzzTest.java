package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.Problem;
import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any bytes as {@code config.xml}: a configuration, or problems that say where they are; neither shows a secret. */
class ConfigFileFuzzTest {

    private static final String SECRET = "s3cr3t <&>${x}\"' value";
    private static final String IN_FILE = "pa55word-in-a-file";

    @TempDir
    Path home;

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(ConfigFileFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) throws IOException {
        // Given
        Files.writeString(home.resolve("secret.txt"), IN_FILE + "\n");
        final Path file = Files.write(home.resolve("config.xml"), input);

        // When
        try {
            final BridgeConfig config =
                    ConfigFile.read(file, home, Map.of("SECRET", SECRET, "KAFKA", "127.0.0.1:9092"));

            // Then
            assertThat(config.clusters()).isNotEmpty();
            assertThat(config.warnings()).allSatisfy(problem -> hasAPlace(problem, input));
        } catch (final ConfigException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> hasAPlace(problem, input));
            assertThat(e.files()).contains(file);
        }
    }

    private static void hasAPlace(final Problem problem, final byte[] input) {
        final String text = Input.text(input);
        assertThat(problem.line())
                .as("%s", problem)
                .isBetween(
                        1,
                        1
                                + (int) text.chars()
                                        .filter(c -> c == '\n' || c == '\r')
                                        .count());
        assertThat(problem.column()).as("%s", problem).isPositive();
        assertThat(problem.toString()).doesNotContain("s3cr3t", IN_FILE);
        assertThat(problem.text()).isNotBlank();
    }
}
