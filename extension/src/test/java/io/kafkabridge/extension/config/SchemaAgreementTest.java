package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import io.kafkabridge.extension.model.Problem;

import static org.assertj.core.api.Assertions.assertThat;

/** The schema and the reader agree about {@code <kafka-cluster>}: nobody is refused by the one and accepted by the other. */
class SchemaAgreementTest extends ConfigFixture {

    private static final Path SCHEMA = Path.of("src/hivemq-extension/conf/config.xsd");
    private static final Path REFERENCE = Path.of("../docs/configuration.md");

    private static final Map<String, String> ENVIRONMENT =
            Map.of("YES", "true", "TIME", "3s", "SIZE", "2MiB", "P", "p");

    @TempDir
    private static Path keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        final TestKeys own = TestKeys.pkcs12(keys.resolve("own.p12"));
        Files.writeString(keys.resolve("own.pem"), own.certificatePem());
        Files.writeString(keys.resolve("own.key"), own.keyPem());
        Files.writeString(keys.resolve("path"), keys.resolve("own.pem").toString());
    }

    private static List<String> inElement(final String name, final String... contents) {
        return List.of(contents).stream()
                .map(content -> "<" + name + ">" + content + "</" + name + ">")
                .toList();
    }

    static List<String> right() {
        final List<String> all = new ArrayList<>(List.of(
                "",
                "<tls/>",
                "<!-- nothing --><?nothing?>",
                "<delivery-timeout> ${TIME} </delivery-timeout><max-in-flight><![CDATA[${ENV:SIZE}]]></max-in-flight>",
                "<delivery-timeout>3 s</delivery-timeout><spool><commit-pause>5ms</commit-pause></spool>",
                "<kafka-properties/>"));
        all.addAll(inElement(
                "tls",
                "<enabled>${YES}</enabled><ca-file>own.pem</ca-file>",
                "<enabled>yes</enabled>",
                "<ca-file>${FILE:path}</ca-file><hostname-verification>false</hostname-verification>",
                "<protocols><protocol>TLSv1.2</protocol><protocol> TLSv1.3 </protocol></protocols>",
                "<cipher-suites><cipher-suite>TLS_AES_128_GCM_SHA256</cipher-suite></cipher-suites>",
                "<keystore><password>store s3cret</password><path>own.p12</path></keystore>",
                "<key-file>own.key</key-file><certificate-file>own.pem</certificate-file>",
                "<enabled>false</enabled><truststore><path>no</path><password>x</password></truststore>",
                "<enabled>false</enabled><ca-file/><truststore><path/><password></password></truststore>"));
        all.addAll(inElement(
                "authentication",
                "<no-auth/>",
                "<plain><password>${P}</password><username>u</username></plain>",
                "<oauthbearer><client-id>i</client-id><client-secret>s</client-secret>"
                        + "<token-endpoint>https://a/b</token-endpoint><scope>a b</scope></oauthbearer>"));
        all.addAll(inElement(
                "kafka-properties",
                "<property><name>compression.type</name><value>zstd</value></property>",
                "<property><value/><name>metric.reporters</name></property>"));
        return all;
    }

    /** Each breaks a rule that a schema can tell. */
    static List<String> wrong() {
        final List<String> all = new ArrayList<>(List.of(
                "<quux/>",
                "text",
                "<id>c2</id>",
                "<tls x='1'/>",
                "<delivery-timeout>3</delivery-timeout>",
                "<delivery-timeout x='1'>3s</delivery-timeout>",
                "<delivery-timeout><s>3</s></delivery-timeout>",
                "<max-in-flight>3</max-in-flight>"));
        all.addAll(inElement(
                "tls",
                "on",
                "<enabled>maybe</enabled>",
                "<truststore/>",
                "<keystore><path>own.p12</path></keystore>",
                "<enabled>false</enabled><keystore><path>own.p12</path></keystore>",
                "<enabled>false</enabled><protocols/>",
                "<protocols/>",
                "<protocols><protocol>TLSv1</protocol></protocols>",
                "<cipher-suites/>"));
        all.addAll(inElement(
                "authentication",
                "",
                "<no-auth>x</no-auth>",
                "<no-auth/><no-auth/>",
                "<plain><username>u</username></plain>",
                "<plain><username/><password>p</password></plain>",
                "<oauthbearer><client-id>i</client-id></oauthbearer>",
                "<kerberos/>"));
        all.addAll(inElement(
                "kafka-properties",
                "<compression.type>zstd</compression.type>",
                "<property/>",
                "<property><name>compression.type</name></property>",
                "<property><value>zstd</value></property>"));
        return all;
    }

    private List<Problem> schemaProblems() throws IOException {
        return ConfigSchema.problems(home.resolve("config.xml"));
    }

    @ParameterizedTest
    @MethodSource("right")
    void whatTheReaderTakes_theSchemaTakes(final String more) throws Exception {
        // When
        read(with(more.replace("own.", keys + "/own.").replace("FILE:path", "FILE:" + keys + "/path")), ENVIRONMENT);

        // Then
        assertThat(schemaProblems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatTheSchemaRefuses_theReaderRefuses(final String more) throws Exception {
        assertThat(problems(with(more))).isNotEmpty();
        assertThat(schemaProblems()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka-extension.xsd", "config.xsd", "http://127.0.0.1:1/no.xsd"})
    void schemaThatAFileNames_isNeverLookedFor(final String location) throws Exception {
        // When
        read(MINIMAL.replace(
                "<kafka-configuration>",
                "<kafka-configuration xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:noNamespaceSchemaLocation=\"" + location + "\">"));

        // Then
        assertThat(schemaProblems()).isEmpty();
    }

    @Test
    void problems_tellThePlaceAndTheRule() throws Exception {
        // Given
        problems(with("<quux/>"));

        // Then
        assertThat(schemaProblems())
                .singleElement()
                .asString()
                .startsWith(
                        "line 6, column 14: the schema says: Invalid content was found starting with element 'quux'");
    }

    /** The elements of a cluster, each with its line of the reference. */
    static List<Arguments> elements() throws Exception {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        final NodeList types = factory.newDocumentBuilder()
                .parse(SCHEMA.toFile())
                .getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "complexType");
        final List<Arguments> all = new ArrayList<>();
        for (int i = 0; i < types.getLength(); i++) {
            final Element type = (Element) types.item(i);
            if (List.of(
                            "kafka-cluster",
                            "monitoring",
                            "spool",
                            "tls",
                            "authentication",
                            "credentials",
                            "oauthbearer",
                            "kafka-properties")
                    .contains(type.getAttribute("name"))) {
                final NodeList found = type.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "element");
                for (int j = 0; j < found.getLength(); j++) {
                    final Element element = (Element) found.item(j);
                    if (!element.getAttribute("type").equals("unsupported")) {
                        all.add(Arguments.of(element.getAttribute("name"), element));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("elements")
    void element_isExplainedInTheSchemaAndInTheReference(final String name, final Element element) throws Exception {
        assertThat(element.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "documentation")
                        .getLength())
                .isPositive();
        assertThat(rows()).contains("`" + name + "`");
    }

    /** What the rows of the reference's tables begin with. */
    private static List<String> rows() throws IOException {
        return Files.readAllLines(REFERENCE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .flatMap(names -> Stream.of(names.split(", ", -1)))
                .toList();
    }

    @Test
    void refusedProperties_areInTheReference() throws Exception {
        assertThat(rows())
                .containsAll(KafkaPropertyRules.reasons().keySet().stream()
                        .map(name -> "`" + name + "`")
                        .toList());
    }
}
