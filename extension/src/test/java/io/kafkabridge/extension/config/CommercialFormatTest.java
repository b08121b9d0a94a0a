package io.kafkabridge.extension.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What files of HiveMQ's commercial extension say beyond ours. Elements and values as its public examples have them. */
class CommercialFormatTest {

    private static final String FILE = """
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

    private static final String KERBEROS = """
            <kafka-cluster>
              <id>c2</id>
              <bootstrap-servers>127.0.0.1:9093</bootstrap-servers>
              <authentication><gssapi><principal>hivemq</principal></gssapi></authentication>
            </kafka-cluster>""";

    private static final String SECOND_MAPPING = """
            <mqtt-to-kafka-mapping>
              <id>m2</id>
              <cluster-id>c2</cluster-id>
              <mqtt-topic-filters><mqtt-topic-filter>b/#</mqtt-topic-filter></mqtt-topic-filters>
              <kafka-topic>b</kafka-topic>
            </mqtt-to-kafka-mapping>""";

    private static final String TRANSFORMERS = """
            <mqtt-to-kafka-transformers>
              <mqtt-to-kafka-transformer>
                <id>t1</id>
                <cluster-id>c1</cluster-id>
                <mqtt-topic-filters><mqtt-topic-filter>t/#</mqtt-topic-filter></mqtt-topic-filters>
                <transformer>com.example.Transformer</transformer>
              </mqtt-to-kafka-transformer>
            </mqtt-to-kafka-transformers>""";

    private static final String TO_MQTT = """
            <kafka-to-mqtt-mappings>
              <kafka-to-mqtt-mapping><id>k1</id><cluster-id>c1</cluster-id></kafka-to-mqtt-mapping>
              <kafka-to-mqtt-mapping><id>k2</id><cluster-id>c1</cluster-id></kafka-to-mqtt-mapping>
            </kafka-to-mqtt-mappings>""";

    @TempDir
    private Path home;

    private BridgeConfig read(final String xml) throws IOException, ConfigException {
        final Path file = home.resolve("kafka-configuration.xml");
        Files.writeString(file, xml);
        return ConfigFile.read(file, home, Map.of("ON_UNSUPPORTED", "ignore"));
    }

    private List<String> problems(final String xml) {
        final ConfigException error = catchThrowableOfType(ConfigException.class, () -> read(xml));
        assertThat(error).isNotNull();
        return error.problems().stream().map(Problem::toString).toList();
    }

    private static List<String> warnings(final BridgeConfig config) {
        return config.warnings().stream().map(Problem::toString).toList();
    }

    private static String ignoring(final String xml) {
        return xml.replace("<!-- root -->", "<unsupported-elements>ignore</unsupported-elements><!-- root -->");
    }

    @Test
    void read_ofTheOlderHeader_readsItAsOurs() throws Exception {
        final BridgeConfig config = read(FILE);

        assertThat(config.mappings()).extracting(Mapping::id).containsExactly("m1");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void read_ofTheFirstVersionsNames_readsThemAsTodays() throws Exception {
        // Given
        final String first = FILE.replace("mqtt-to-kafka-mapping", "topic-mapping");

        // When
        final BridgeConfig config = read(first);

        // Then
        assertThat(config.mappings()).isEqualTo(read(FILE).mappings());
    }

    @Test
    void read_ofAMistakeUnderTheFirstVersionsNames_namesThemAsTheFileDoes() {
        assertThat(problems(FILE.replace("mqtt-to-kafka-mapping", "topic-mapping")
                        .replace("<kafka-topic>a<", "<kafka-topic>a/b<")))
                .singleElement()
                .asString()
                .startsWith("line 18: topic-mapping > kafka-topic: \"a/b\": a Kafka topic has");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mqtt-to-kafka-transformers | Java transformers aren't supported; use <json>, <filter>, <headers> and templates",
                "kafka-to-mqtt-mappings | forwarding from Kafka to MQTT isn't supported.",
                "kafka-to-mqtt-transformers | forwarding from Kafka to MQTT isn't supported.",
                "schema-registries | schema registries aren't supported; payloads are forwarded as they are.",
                "kafka-schema-registries | schema registries aren't supported; payloads are forwarded as they are."
            })
    void read_ofAnUnsupportedList_namesItAndSaysWhat(final String name, final String what) throws Exception {
        // Given
        final String list = "<" + name + "><x><id>x1</id></x></" + name + ">";

        // When
        final List<String> refused = problems(FILE.replace("<!-- root -->", list));
        final BridgeConfig ignored = read(ignoring(FILE.replace("<!-- root -->", list + "<!-- root -->")));

        // Then
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith("line 23: kafka-configuration > " + name + ": " + what)
                .endsWith(". <unsupported-elements>ignore</unsupported-elements> leaves out x1, and starts the rest");
        assertThat(warnings(ignored))
                .singleElement()
                .asString()
                .startsWith("line 23: kafka-configuration > " + name + ": " + what)
                .endsWith(". Left out: x1");
        assertThat(ignored.mappings()).extracting(Mapping::id).containsExactly("m1");
    }

    @Test
    void read_ofSeveralUnsupported_tellsAllBesideTheMistakes() {
        assertThat(problems(FILE.replace("<!-- root -->", TRANSFORMERS + TO_MQTT)
                        .replace("<kafka-topic>", "<kafka-topc>")
                        .replace("</kafka-topic>", "</kafka-topc>")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("<kafka-topic> is missing in it"),
                        second -> assertThat(second).contains("did you mean <kafka-topic>?"),
                        third -> assertThat(third)
                                .contains("kafka-configuration > mqtt-to-kafka-transformers: ")
                                .contains(" leaves out t1, "),
                        fourth -> assertThat(fourth)
                                .contains("kafka-configuration > kafka-to-mqtt-mappings: ")
                                .contains(" leaves out k1, k2, "));
    }

    @Test
    void read_ofATransformerInAMapping_leavesOutTheMapping() throws Exception {
        // Given
        final String xml = FILE.replace("<!-- mapping -->", "<transformer>com.example.T</transformer>")
                .replace("<!-- mappings -->", SECOND_MAPPING.replace("c2", "c1"));

        // When
        final List<String> refused = problems(xml);
        final BridgeConfig ignored = read(ignoring(xml));

        // Then
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith("line 19: mqtt-to-kafka-mapping > transformer: Java transformers aren't supported");
        assertThat(warnings(ignored)).singleElement().asString().endsWith(". Left out: m1");
        assertThat(ignored.mappings()).extracting(Mapping::id).containsExactly("m2");
    }

    @Test
    void read_ofKerberos_leavesOutTheClusterAndItsMappings() throws Exception {
        // Given
        final String xml = FILE.replace("<!-- clusters -->", KERBEROS).replace("<!-- mappings -->", SECOND_MAPPING);

        // When
        final List<String> refused = problems(xml);
        final BridgeConfig ignored = read(ignoring(xml));

        // Then
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith("line 12: authentication > gssapi: Kerberos isn't supported; use <plain>, <scram-sha256>,");
        assertThat(warnings(ignored)).singleElement().asString().endsWith(". Left out: c2 and its mappings: m2");
        assertThat(ignored.clusters()).extracting(KafkaCluster::id).containsExactly("c1");
        assertThat(ignored.mappings()).extracting(Mapping::id).containsExactly("m1");
    }

    @Test
    void read_whenNothingIsLeft_isRefused() {
        assertThat(problems(ignoring(FILE.replace("</bootstrap-servers>", """
                        </bootstrap-servers><authentication><gssapi/></authentication>"""))))
                .satisfiesExactly(
                        first -> assertThat(first).contains("at least one <kafka-cluster> is needed"),
                        second -> assertThat(second).contains("at least one <mqtt-to-kafka-mapping> is needed"));
    }

    @Test
    void read_ofIgnore_stillRefusesWhatNobodyKnows() {
        assertThat(problems(ignoring(FILE).replace("<!-- root -->", "<kafka-to-mqtt-maping/>")))
                .singleElement()
                .asString()
                .contains("kafka-to-mqtt-maping: there is no such element;");
    }

    @Test
    void read_ofTheSwitchFromTheEnvironment_followsIt() throws Exception {
        final BridgeConfig config = read(
                ignoring(FILE).replace(">ignore<", ">${ENV:ON_UNSUPPORTED}<").replace("<!-- root -->", TO_MQTT));

        assertThat(warnings(config)).singleElement().asString().endsWith(". Left out: k1, k2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ALL | ''",
                "ONE | line 19: mqtt-to-kafka-mapping > kafka-acks: \"ONE\" is not followed: the bridge always waits for all"
                        + " in-sync replicas (ALL)",
                "ZERO | line 19: mqtt-to-kafka-mapping > kafka-acks: \"ZERO\" is not followed: the bridge always waits for all"
                        + " in-sync replicas (ALL)"
            })
    void read_ofAcks_startsAndSaysWhenTheyAreNotFollowed(final String acks, final String warning) throws Exception {
        final BridgeConfig config = read(FILE.replace("<!-- mapping -->", "<kafka-acks>" + acks + "</kafka-acks>"));

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
        assertThat(problems(FILE.replace(text, instead)))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void schema_takesThemToo() throws SAXException, IOException {
        final String xml = ignoring(FILE.replace("<!-- clusters -->", KERBEROS)
                .replace("<!-- mapping -->", "<kafka-acks>ONE</kafka-acks><transformer>com.example.T</transformer>")
                .replace("<!-- root -->", TRANSFORMERS + TO_MQTT + "<!-- root -->"));

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("src/hivemq-extension/conf/config.xsd").toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        assertThat(xml).contains("<transformer>", "<gssapi>");
    }
}
