package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.model.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Reads mappings around which the rest of a configuration is right. */
abstract class MappingFixture {

    @TempDir
    Path home;

    /** Reads a mapping of the filter {@code plant/+/temp} that has these elements besides. */
    final Mapping read(final String elements) throws IOException, ConfigException {
        final Path file = home.resolve("config.xml");
        Files.writeString(file, MappingXml.of("plant/+/temp", elements));
        return ConfigFile.read(file, home, Map.of()).mappings().get(0);
    }

    final List<String> problems(final String elements) {
        final ConfigException error = catchThrowableOfType(ConfigException.class, () -> read(elements));
        assertThat(error).as("problems of " + elements).isNotNull();
        return error.problems().stream().map(Problem::toString).toList();
    }
}
