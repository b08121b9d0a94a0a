package io.kafkabridge.extension.config;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.Mapping;

import static io.kafkabridge.extension.config.CommercialFile.XML;
import static io.kafkabridge.extension.config.CommercialFile.problems;
import static io.kafkabridge.extension.config.CommercialFile.read;
import static io.kafkabridge.extension.config.CommercialFile.warnings;
import static org.assertj.core.api.Assertions.assertThat;

/** What files of HiveMQ's commercial extension say in other words than ours. */
class CommercialFormatTest {

    @TempDir
    private Path home;

    @Test
    void read_ofTheOlderHeader_readsItAsOurs() throws Exception {
        final BridgeConfig config = read(home, XML);

        assertThat(config.mappings()).extracting(Mapping::id).containsExactly("m1");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void read_ofTheFirstVersionsNames_readsThemAsTodays() throws Exception {
        // Given
        final String first = XML.replace("mqtt-to-kafka-mapping", "topic-mapping");

        // When
        final BridgeConfig config = read(home, first);

        // Then
        assertThat(config.mappings()).isEqualTo(read(home, XML).mappings());
    }

    @Test
    void read_ofAMistakeUnderTheFirstVersionsNames_namesThemAsTheFileDoes() {
        assertThat(problems(
                        home,
                        XML.replace("mqtt-to-kafka-mapping", "topic-mapping")
                                .replace("<kafka-topic>a<", "<kafka-topic>a/b<")))
                .singleElement()
                .asString()
                .startsWith("line 18, column 7: topic-mapping > kafka-topic: \"a/b\": a Kafka topic has");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ALL | ''",
                "ONE | line 19, column 7: mqtt-to-kafka-mapping > kafka-acks: \"ONE\" is not followed: the bridge always waits for all"
                        + " in-sync replicas (ALL)",
                "ZERO | line 19, column 7: mqtt-to-kafka-mapping > kafka-acks: \"ZERO\" is not followed: the bridge always waits for all"
                        + " in-sync replicas (ALL)"
            })
    void read_ofAcks_startsAndSaysWhenTheyAreNotFollowed(final String acks, final String warning) throws Exception {
        final BridgeConfig config =
                read(home, XML.replace("<!-- mapping -->", "<kafka-acks>" + acks + "</kafka-acks>"));

        assertThat(String.join("\n", warnings(config))).isEqualTo(warning);
        assertThat(config.mappings()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!-- mapping --> | <kafka-acks>2</kafka-acks> | kafka-acks: \"2\": must be ALL, ONE or ZERO",
                "<!-- root --> | <unsupported-elements>no</unsupported-elements> | \"no\": must be refuse or ignore"
            })
    void read_ofAWrongValue_saysWhichAreRight(final String text, final String instead, final String problem) {
        assertThat(problems(home, XML.replace(text, instead)))
                .singleElement()
                .asString()
                .contains(problem);
    }
}
