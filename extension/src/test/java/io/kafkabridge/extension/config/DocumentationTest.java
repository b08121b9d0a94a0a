package io.kafkabridge.extension.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What the documentation shows works, and it tells about every element. */
class DocumentationTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Path SCHEMA = Path.of("src/hivemq-extension/conf/config.xsd");

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```xml\\n(.*?)^```$");
    private static final Pattern FIRST_ELEMENT = Pattern.compile("<([a-z-]+)[ >/]");
    private static final Pattern ELEMENT = Pattern.compile("<xs:element name=\"([^\"]+)\"(?! type=\"unsupported\")");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:ENV:)?([A-Z_]+)}");

    /** A file that must be there when the configuration is read. */
    private static final Pattern FILE = Pattern.compile("<(ca-file|certificate-file|key-file|path)>[^<]*<");

    private static final String CLUSTER = "<id>cluster01</id><bootstrap-servers>kafka:9092</bootstrap-servers>";
    private static final String FILTERS =
            "<mqtt-topic-filters><mqtt-topic-filter>plant/+/temp</mqtt-topic-filter></mqtt-topic-filters>";

    private static final Pattern SECRET_FILE = Pattern.compile("\\$\\{FILE:[^}]*}");

    @TempDir
    private static Path home;

    /** The files that examples name, each under the name of its element. */
    @BeforeAll
    static void writeFiles() throws Exception {
        final TestKeys keys = TestKeys.pkcs12(home.resolve("path"));
        Files.writeString(home.resolve("ca-file"), keys.certificatePem());
        Files.writeString(home.resolve("certificate-file"), keys.certificatePem());
        Files.writeString(home.resolve("key-file"), keys.encryptedKeyPem());
        Files.writeString(home.resolve("secret"), TestKeys.KEY_PASSWORD);
    }

    static Stream<Arguments> examples() throws IOException {
        final List<Arguments> examples = new ArrayList<>();
        final List<Path> documents = new ArrayList<>(List.of(DOCS.resolve("../README.md")));
        try (Stream<Path> files = Files.walk(DOCS)) {
            files.filter(each -> each.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        for (final Path document : documents) {
            final Matcher matcher = EXAMPLE.matcher(Files.readString(document));
            while (matcher.find()) {
                if (isOurs(matcher.group(1))) {
                    examples.add(Arguments.of(document.getFileName().toString(), matcher.group(1)));
                }
            }
        }
        return examples.stream();
    }

    private static boolean isOurs(final String xml) throws IOException {
        return elements().contains(firstElement(xml));
    }

    private static String firstElement(final String xml) {
        final Matcher matcher = FIRST_ELEMENT.matcher(xml);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The names of all elements. */
    private static Set<String> elements() throws IOException {
        final Set<String> names = new LinkedHashSet<>();
        final Matcher matcher = ELEMENT.matcher(Files.readString(SCHEMA));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The names of the elements that a complex type has. */
    private static Set<String> elementsOf(final String type) throws IOException {
        final String schema = Files.readString(SCHEMA);
        final int start = schema.indexOf("<xs:complexType name=\"" + type + "\">");
        final Set<String> names = new LinkedHashSet<>();
        final Matcher matcher = Pattern.compile("(?m)^      <xs:element name=\"([^\"]+)\"(?! type=\"unsupported\")")
                .matcher(schema.substring(start, schema.indexOf("\n  </xs:complexType>", start)));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void example_isAConfigurationThatLoads(final String document, final String example) throws Exception {
        // Given
        final String xml = SECRET_FILE
                .matcher(FILE.matcher(whole(example)).replaceAll("<$1>$1<"))
                .replaceAll("\\${FILE:secret}");
        final Map<String, String> environment = new HashMap<>();
        final Matcher variables = VARIABLE.matcher(xml);
        while (variables.find()) {
            final boolean ofAStore = variables.group(1).endsWith("STORE_PASSWORD");
            environment.put(variables.group(1), ofAStore ? TestKeys.PASSWORD : "kafka:9092");
        }
        final Path file = home.resolve("config.xml");
        Files.writeString(file, xml);

        // When, Then
        assertThatCode(() -> schema().newValidator().validate(new StreamSource(new StringReader(xml))))
                .as(document)
                .doesNotThrowAnyException();
        assertThat(ConfigFile.read(file, home, environment).mappings()).isNotEmpty();
    }

    /** A whole configuration around a part of one. */
    private static String whole(final String example) throws IOException {
        final String first = firstElement(example);
        if (first.equals("kafka-configuration")) {
            return example;
        }
        String cluster = "<kafka-cluster>" + CLUSTER + "</kafka-cluster>";
        String mapping = "<mqtt-to-kafka-mapping>" + addMissing("") + "</mqtt-to-kafka-mapping>";
        String monitoring = "";
        if (first.equals("monitoring")) {
            monitoring = example;
        } else if (first.equals("kafka-cluster")) {
            cluster = example;
        } else if (first.equals("mqtt-to-kafka-mapping")) {
            mapping = example;
        } else if (elementsOf("kafka-cluster").contains(first)) {
            cluster = "<kafka-cluster>" + CLUSTER + example + "</kafka-cluster>";
        } else {
            assertThat(elementsOf("mqtt-to-kafka-mapping"))
                    .as("what the examples of the documentation begin with")
                    .contains(first);
            mapping = "<mqtt-to-kafka-mapping>" + addMissing(example) + "</mqtt-to-kafka-mapping>";
        }
        return "<kafka-configuration><kafka-clusters>" + cluster + "</kafka-clusters><mqtt-to-kafka-mappings>" + mapping
                + "</mqtt-to-kafka-mappings>" + monitoring + "</kafka-configuration>";
    }

    private static String addMissing(final String elements) {
        return "<id>m1</id><cluster-id>cluster01</cluster-id>"
                + (elements.contains("<mqtt-topic-filters>") ? "" : FILTERS)
                + (elements.contains("<kafka-topic>") ? "" : "<kafka-topic>t</kafka-topic>")
                + elements;
    }

    private static Schema schema() throws SAXException {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(SCHEMA.toFile());
    }

    @Test
    void referenceTables_tellAboutEveryElementAndNoOther() throws IOException {
        // When
        final Set<String> documented = new LinkedHashSet<>();
        final Set<String> mentioned = new LinkedHashSet<>();
        for (final String document : List.of("configuration.md", "mapping.md")) {
            boolean inTable = false;
            for (final String line : Files.readAllLines(DOCS.resolve(document))) {
                inTable = line.startsWith("| element") || (inTable && line.startsWith("|"));
                if (inTable) {
                    Pattern.compile("`([a-z0-9-]+)`")
                            .matcher(line)
                            .results()
                            .forEach(name -> mentioned.add(name.group(1)));
                    Pattern.compile("^\\| `([^`]+)` \\|")
                            .matcher(line)
                            .results()
                            .forEach(name -> documented.add(name.group(1)));
                }
            }
        }

        // Then
        assertThat(elements()).containsAll(documented);
        assertThat(mentioned)
                .containsAll(elements().stream().filter(name -> !isTold(name)).toList());
        assertThat(documented).containsAll(elementsOf("mqtt-to-kafka-mapping"));
        assertThat(documented).containsAll(elementsOf("publish-filter"));
        assertThat(documented).containsAll(elementsOf("headers"));
    }

    /** Told in a sentence, not in a table: who one is, to Kafka. */
    private static boolean isTold(final String name) {
        return Set.of("no-auth", "plain", "scram-sha256", "scram-sha512", "oauthbearer")
                .contains(name);
    }
}
