package io.kafkabridge.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsDocumentationTest {
    static Stream<OptionSpec> settings() {
        return new CommandLine(new ConsumerCommand())
                .getCommandSpec().options().stream()
                        .filter(option -> !option.descriptionKey().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void helpAndExampleFileHaveTheSetting(OptionSpec option) throws IOException {
        // Given
        String name = option.descriptionKey();

        // When
        String help = String.join(" ", option.description());
        Stream<String> example = Files.readAllLines(Path.of("../.env.example")).stream();

        // Then
        assertThat(help).endsWith("[" + name + "]");
        assertThat(example).anyMatch(line -> line.startsWith(name + "=") || line.startsWith("#" + name + "="));
    }
}
