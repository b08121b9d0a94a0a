package io.kafkabridge.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any bytes as a file of settings: they are settings, or a line that says where the mistake is and shows no value. */
class EnvFileFuzzTest {

    @TempDir
    Path folder;

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(EnvFileFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) throws IOException {
        // Given
        final Path file = Files.write(folder.resolve(".env"), input);

        // When
        final Map<String, String> settings;
        try {
            settings = EnvFile.read(file);
        } catch (final CommandFailure e) {
            assertThat(e.line())
                    .startsWith("Cannot read " + file)
                    .matches(
                            "\\Q" + "Cannot read " + file + "\\E(: it isn't UTF-8 text; save it as UTF-8"
                                    + "|, line [1-9]\\d*: (the closing quote is missing|expected NAME=value or NAME=\"value\"))");
            return;
        }

        // Then
        assertThat(settings).allSatisfy((name, value) -> {
            assertThat(name).matches("[A-Za-z_][\\w.-]*");
            assertThat(value).doesNotContain("\n", "\r");
        });
        Files.writeString(
                file, settings.entrySet().stream().map(EnvFileFuzzTest::line).collect(Collectors.joining()));
        assertThat(EnvFile.read(file)).isEqualTo(settings);
    }

    /** A line for a setting; without quotes where neither kind of them does. */
    private static String line(final Map.Entry<String, String> setting) {
        final String value = setting.getValue();
        final String quote = !value.contains("\"") ? "\"" : value.contains("'") ? "" : "'";
        return setting.getKey() + "=" + quote + value + quote + "\n";
    }
}
