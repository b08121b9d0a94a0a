package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A small {@code config.xml} that tests change in one place. */
abstract class ConfigFixture {

    /** Where a test puts further elements of {@code <kafka-cluster>}: line 6, column 7. */
    static final String MORE = "<!-- more -->";

    static final String MINIMAL = """
            <kafka-configuration>
              <kafka-clusters>
                <kafka-cluster>
                  <id>c1</id>
                  <bootstrap-servers>127.0.0.1:9092</bootstrap-servers>
                  <!-- more -->
                </kafka-cluster>
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <mqtt-to-kafka-mapping>
                  <id>m1</id>
                  <cluster-id>c1</cluster-id>
                  <mqtt-topic-filters><mqtt-topic-filter>teste</mqtt-topic-filter></mqtt-topic-filters>
                  <kafka-topic>teste</kafka-topic>
                </mqtt-to-kafka-mapping>
              </mqtt-to-kafka-mappings>
            </kafka-configuration>
            """;

    /** No message may show it. */
    static final String SECRET = "s3cret";

    @TempDir
    Path home;

    /** The file with further elements of {@code <kafka-cluster>}. */
    static String with(final String more) {
        return MINIMAL.replace(MORE, more);
    }

    final BridgeConfig read(final String xml) throws IOException, ConfigException {
        return read(xml, Map.of());
    }

    final BridgeConfig read(final String xml, final Map<String, String> environment)
            throws IOException, ConfigException {
        final Path file = home.resolve("config.xml");
        Files.writeString(file, xml);
        return ConfigFile.read(file, home, environment);
    }

    final KafkaCluster cluster(final String more) throws IOException, ConfigException {
        return read(with(more)).clusters().get(0);
    }

    final ConfigException refusal(final String xml) {
        final ConfigException error = catchThrowableOfType(
                ConfigException.class,
                () -> read(xml, Map.of("SECRET", SECRET + " value", "SPACE", " " + SECRET, "EMPTY", "")));
        assertThat(error).isNotNull();
        assertThat(error.getMessage())
                .contains(home.resolve("config.xml").toString())
                .doesNotContain(SECRET);
        return error;
    }

    final List<String> problems(final String xml) {
        return refusal(xml).problems().stream().map(Problem::toString).toList();
    }
}
