package io.kafkabridge.extension.monitoring.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.config.MappingXml;

import static org.assertj.core.api.Assertions.assertThat;

class MappingExampleTest {

    @TempDir
    Path folder;

    @Test
    void wildcards_getNames_andTemplatesAreFilledIn() throws Exception {
        assertThat(example("plant/+/temp", "<kafka-topic>plant-{topic[1]}</kafka-topic><key>{client-id}</key>"))
                .contains(new MappingExample("plant/7/temp", "plant-7", "client-1"));
        assertThat(example("plant/#", "<kafka-topic>plant</kafka-topic>"))
                .contains(new MappingExample("plant/7/temp", "plant", "plant/7/temp"));
    }

    @Test
    void conditions_dontHoldItBack() throws Exception {
        assertThat(example("a", "<kafka-topic>t</kafka-topic><json><condition>temp > 80</condition></json>"))
                .contains(new MappingExample("a", "t", "a"));
    }

    @Test
    void excepts_areRespected() throws Exception {
        assertThat(example(
                        "a/+",
                        "<except><mqtt-topic-filter>a/7</mqtt-topic-filter></except><kafka-topic>t</kafka-topic>"))
                .contains(new MappingExample("a/a", "t", "a/a"));
        assertThat(example(
                        "a/+",
                        "<except><mqtt-topic-filter>a/#</mqtt-topic-filter></except><kafka-topic>t</kafka-topic>"))
                .isEmpty();
    }

    private Optional<MappingExample> example(final String filter, final String elements)
            throws IOException, ConfigException {
        final Path file = Files.writeString(folder.resolve("config.xml"), MappingXml.of(filter, elements));
        return MappingExample.of(
                ConfigFile.read(file, folder, Map.of()).mappings().get(0));
    }
}
