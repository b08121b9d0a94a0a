package io.kafkabridge.extension.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.SAXException;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Mapping;

import static io.kafkabridge.extension.config.CommercialFile.XML;
import static io.kafkabridge.extension.config.CommercialFile.problems;
import static io.kafkabridge.extension.config.CommercialFile.read;
import static io.kafkabridge.extension.config.CommercialFile.warnings;
import static org.assertj.core.api.Assertions.assertThat;

/** What HiveMQ's commercial extension does and the bridge doesn't: refused, or left out. */
class UnsupportedElementsTest {

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

    private static String ignoring(final String xml) {
        return xml.replace("<!-- root -->", "<unsupported-elements>ignore</unsupported-elements><!-- root -->");
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
        final List<String> refused = problems(home, XML.replace("<!-- root -->", list));
        final BridgeConfig ignored = read(home, ignoring(XML.replace("<!-- root -->", list + "<!-- root -->")));

        // Then
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith("line 23, column 3: kafka-configuration > " + name + ": " + what)
                .endsWith(". <unsupported-elements>ignore</unsupported-elements> leaves out x1, and starts the rest");
        assertThat(warnings(ignored))
                .singleElement()
                .asString()
                .startsWith("line 23, column 3: kafka-configuration > " + name + ": " + what)
                .endsWith(". Left out: x1");
        assertThat(ignored.mappings()).extracting(Mapping::id).containsExactly("m1");
    }

    @Test
    void read_ofSeveralUnsupported_tellsAllBesideTheMistakes() {
        assertThat(problems(
                        home,
                        XML.replace("<!-- root -->", TRANSFORMERS + TO_MQTT)
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
        final String xml = XML.replace("<!-- mapping -->", "<transformer>com.example.T</transformer>")
                .replace("<!-- mappings -->", SECOND_MAPPING.replace("c2", "c1"));

        // When
        final List<String> refused = problems(home, xml);
        final BridgeConfig ignored = read(home, ignoring(xml));

        // Then
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith(
                        "line 19, column 7: mqtt-to-kafka-mapping > transformer: Java transformers aren't supported");
        assertThat(warnings(ignored)).singleElement().asString().endsWith(". Left out: m1");
        assertThat(ignored.mappings()).extracting(Mapping::id).containsExactly("m2");
    }

    @Test
    void read_ofKerberos_leavesOutTheClusterAndItsMappings() throws Exception {
        // Given
        final String xml = XML.replace("<!-- clusters -->", KERBEROS).replace("<!-- mappings -->", SECOND_MAPPING);

        // When
        final List<String> refused = problems(home, xml);
        final BridgeConfig ignored = read(home, ignoring(xml));

        // Then
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith(
                        "line 12, column 19: authentication > gssapi: Kerberos isn't supported; use <plain>, <scram-sha256>,");
        assertThat(warnings(ignored)).singleElement().asString().endsWith(". Left out: c2 and its mappings: m2");
        assertThat(ignored.clusters()).extracting(KafkaCluster::id).containsExactly("c1");
        assertThat(ignored.mappings()).extracting(Mapping::id).containsExactly("m1");
    }

    @Test
    void read_whenNothingIsLeft_isRefused() {
        assertThat(problems(home, ignoring(XML.replace("</bootstrap-servers>", """
                        </bootstrap-servers><authentication><gssapi/></authentication>"""))))
                .satisfiesExactly(
                        first -> assertThat(first).contains("at least one <kafka-cluster> is needed"),
                        second -> assertThat(second).contains("at least one <mqtt-to-kafka-mapping> is needed"));
    }

    @Test
    void read_ofIgnore_stillRefusesWhatNobodyKnows() {
        assertThat(problems(home, ignoring(XML).replace("<!-- root -->", "<kafka-to-mqtt-maping/>")))
                .singleElement()
                .asString()
                .contains("kafka-to-mqtt-maping: there is no such element;");
    }

    @Test
    void read_ofTheSwitchFromTheEnvironment_followsIt() throws Exception {
        final BridgeConfig config = read(
                home,
                ignoring(XML).replace(">ignore<", ">${ENV:ON_UNSUPPORTED}<").replace("<!-- root -->", TO_MQTT));

        assertThat(warnings(config)).singleElement().asString().endsWith(". Left out: k1, k2");
    }

    @Test
    void schema_takesThemToo() throws SAXException, IOException {
        final String xml = ignoring(XML.replace("<!-- clusters -->", KERBEROS)
                .replace("<!-- mapping -->", "<kafka-acks>ONE</kafka-acks><transformer>com.example.T</transformer>")
                .replace("<!-- root -->", TRANSFORMERS + TO_MQTT + "<!-- root -->"));

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("src/hivemq-extension/conf/config.xsd").toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        assertThat(xml).contains("<transformer>", "<gssapi>");
    }
}
