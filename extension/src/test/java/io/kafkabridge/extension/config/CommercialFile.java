package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A file of HiveMQ's commercial extension, with elements and header as its public examples have them, and what comes of it. */
final class CommercialFile {

    /** With comments where tests put more: {@code clusters}, {@code mapping}, {@code mappings} and {@code root}. */
    static final String XML = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <kafka-configuration xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                                 xsi:noNamespaceSchemaLocation="kafka-extension.xsd">
              <kafka-clusters>
                <kafka-cluster>
                  <id>c1</id>
                  <bootstrap-servers>127.0.0.1:9092</bootstrap-servers>
                </kafka-cluster>
                <!-- clusters -->
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <mqtt-to-kafka-mapping>
                  <id>m1</id>
                  <cluster-id>c1</cluster-id>
                  <mqtt-topic-filters>
                    <mqtt-topic-filter>a/#</mqtt-topic-filter>
                  </mqtt-topic-filters>
                  <kafka-topic>a</kafka-topic>
                  <!-- mapping -->
                </mqtt-to-kafka-mapping>
                <!-- mappings -->
              </mqtt-to-kafka-mappings>
              <!-- root -->
            </kafka-configuration>
            """;

    private CommercialFile() {}

    static BridgeConfig read(final Path home, final String xml) throws IOException, ConfigException {
        final Path file = home.resolve("kafka-configuration.xml");
        Files.writeString(file, xml);
        return ConfigFile.read(file, home, Map.of("ON_UNSUPPORTED", "ignore"));
    }

    static List<String> problems(final Path home, final String xml) {
        final ConfigException error = catchThrowableOfType(ConfigException.class, () -> read(home, xml));
        assertThat(error).isNotNull();
        return error.problems().stream().map(Problem::toString).toList();
    }

    static List<String> warnings(final BridgeConfig config) {
        return config.warnings().stream().map(Problem::toString).toList();
    }
}
