package io.kafkabridge.extension.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the bridge knows of HiveMQ's configuration. */
class PublishLimitsTest {

    private static final Map<String, String> VARIABLES =
            Map.of("QOS", "1", "LENGTH", "30", "hivemq.length", "40", "AND", "<&$1\\");

    @TempDir
    Path home;

    private PublishLimits read(final String xml) throws IOException {
        final Path file = PublishLimits.file(home, VARIABLES::get);
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml);
        return PublishLimits.read(file, VARIABLES::get);
    }

    private PublishLimits read(final String maxQos, final String maxTopicLength) throws IOException {
        return read("""
                <?xml version="1.0"?>
                <hivemq xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="config.xsd">
                  <listeners><tcp-listener><port>1883</port></tcp-listener></listeners>
                  <restrictions><max-topic-length>%s</max-topic-length><max-connections>-1</max-connections></restrictions>
                  <mqtt><quality-of-service><max-qos>%s</max-qos></quality-of-service></mqtt>
                </hivemq>
                """.formatted(maxTopicLength, maxQos));
    }

    @ParameterizedTest(name = "max-qos {0}, max-topic-length {1}: QoS {2}, {3} characters")
    @CsvSource({
        "1, 200, 1, 200",
        "0, 1, 0, 1",
        "' 1\t', ' 65535 ', 1, 65535",
        "${ENV:QOS}, ${LENGTH}, 1, 30",
        "2, ${hivemq.length}, 2, 40",
        "2, 1${ENV:QOS}${QOS}, 2, 111",
        // As CE: out of bounds or no number, the default
        "3, 65536, 2, 65535",
        "-1, 0, 2, 65535",
        "one, 1e3, 2, 65535",
        "'', '', 2, 65535"
    })
    void read_takesWhatHivemqTakes(
            final String maxQos, final String maxTopicLength, final int readQos, final int readLength)
            throws IOException {
        assertThat(read(maxQos, maxTopicLength)).isEqualTo(new PublishLimits(readQos, readLength));
    }

    @Test
    void read_ofAFileWithoutLimits_knowsNone() throws IOException {
        assertThat(read("<hivemq/>")).isEqualTo(PublishLimits.NONE);
        assertThat(read("<hivemq><mqtt/><restrictions/></hivemq>")).isEqualTo(PublishLimits.NONE);
        assertThat(read("<hivemq><max-qos>0</max-qos><other><max-qos>0</max-qos></other></hivemq>"))
                .isEqualTo(PublishLimits.NONE);
    }

    @Test
    void read_ofABrokenOrMissingFile_knowsNone() throws IOException {
        assertThat(read("<hivemq><restrictions><max-topic-length>1</max-topic-length>"))
                .isEqualTo(PublishLimits.NONE);
        assertThat(read("")).isEqualTo(PublishLimits.NONE);
        assertThat(PublishLimits.read(home.resolve("missing.xml"), VARIABLES::get))
                .isEqualTo(PublishLimits.NONE);
        assertThat(PublishLimits.read(home, VARIABLES::get)).isEqualTo(PublishLimits.NONE);
    }

    @Test
    void read_withAPlaceholderOfOddCharacters_isNotPutOff() throws IOException {
        assertThat(read("<hivemq><!-- ${UNKNOWN} --><restrictions><max-topic-length>9</max-topic-length></restrictions>"
                        + "</hivemq>"))
                .isEqualTo(new PublishLimits(2, 9));
        // CE puts it into the XML as it is, too
        assertThat(read("<hivemq><restrictions><max-topic-length>9</max-topic-length></restrictions>${AND}</hivemq>"))
                .isEqualTo(PublishLimits.NONE);
    }

    @Test
    void read_opensNoOtherFile() throws IOException {
        // Given
        Files.writeString(home.resolve("nine"), "9");

        // When
        final PublishLimits limits = read("<!DOCTYPE hivemq [<!ENTITY nine SYSTEM \""
                + home.resolve("nine").toUri()
                + "\">]><hivemq><restrictions><max-topic-length>&nine;</max-topic-length></restrictions></hivemq>");

        // Then
        assertThat(limits).isEqualTo(PublishLimits.NONE);
    }

    @Test
    void file_isWhereHivemqLooks() {
        assertThat(PublishLimits.file(home, Map.<String, String>of()::get)).isEqualTo(home.resolve("conf/config.xml"));
        assertThat(PublishLimits.file(home, Map.of("HIVEMQ_CONFIG_FOLDER", "/etc/hivemq")::get))
                .isEqualTo(Path.of("/etc/hivemq/config.xml"));
        assertThat(PublishLimits.file(
                        home, Map.of("hivemq.config.folder", "other", "HIVEMQ_CONFIG_FOLDER", "/etc/hivemq")::get))
                .isEqualTo(home.resolve("other/config.xml"));
    }

    @Test
    void allow_countsCharactersAndQos() {
        final PublishLimits limits = new PublishLimits(1, 3);
        assertThat(limits.allow("äöü", Qos.AT_LEAST_ONCE)).isTrue();
        assertThat(limits.allow("a/b/", Qos.AT_LEAST_ONCE)).isFalse();
        assertThat(limits.allow("a/b", Qos.EXACTLY_ONCE)).isFalse();
    }
}
