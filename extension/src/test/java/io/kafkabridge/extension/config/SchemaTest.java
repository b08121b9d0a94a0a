package io.kafkabridge.extension.config;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The schema for editors says the same as the reader. */
class SchemaTest {

    private static final Path CONF = Path.of("src/hivemq-extension/conf");

    /** A comment whose lines, after the first, are elements. */
    private static final Pattern COMMENTED_OUT =
            Pattern.compile("<!--(?:(?!-->)[^\\n])*\\n(\\s*<(?:(?!-->).)*>)\\s*-->", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private Validator validator;

    @BeforeEach
    void loadSchema() throws SAXException {
        validator = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(CONF.resolve("config.xsd").toFile())
                .newValidator();
    }

    @Test
    void shippedConfiguration_isValidForBoth() throws Exception {
        final Path file = CONF.resolve("config.xml");

        assertThatCode(() -> validator.validate(new StreamSource(file.toFile())))
                .doesNotThrowAnyException();
        ConfigFile.read(file, CONF, Map.of("BOOTSTRAP_SERVERS", "127.0.0.1:9092"));
    }

    @Test
    void shippedConfiguration_withItsCommentsTakenOut_isValidForBoth() throws Exception {
        final Path ca = folder.resolve("ca.pem");
        Files.writeString(ca, TestKeys.pkcs12(folder.resolve("ca.p12")).certificatePem());
        final String xml = COMMENTED_OUT
                .matcher(Files.readString(CONF.resolve("config.xml")))
                .replaceAll("$1")
                .replace("/path/to/ca.pem", ca.toString());
        assertThat(xml)
                .contains(
                        "<tls>",
                        "<plain>",
                        "<max-in-flight>",
                        "<spool>",
                        "<dead-letter-topic>",
                        "<kafka-properties>",
                        "<filter>",
                        "<key>")
                .doesNotContain("/path/to");
        final Path file = folder.resolve("config.xml");
        Files.writeString(file, xml);

        assertThatCode(() -> validator.validate(new StreamSource(new StringReader(xml))))
                .doesNotThrowAnyException();
        ConfigFile.read(
                file, CONF, Map.of("BOOTSTRAP_SERVERS", "127.0.0.1:9092", "KAFKA_USER", "u", "KAFKA_PASSWORD", "p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<filter><min-qos>one</min-qos></filter>",
                "<filter><retained>yes</retained></filter>",
                "<filter><client-ids/></filter>",
                "<slash-replacement>--</slash-replacement>",
                "<max-kafka-topics>many</max-kafka-topics>",
                "<headers><format>kafka</format></headers>",
                "<headers><qos>maybe</qos></headers>",
                "<headers><header><name>x</name></header></headers>",
                "<json><filter>a</filter></json>",
                "<except/>",
                "<last-wills>maybe</last-wills>"
            })
    void mistakeInAMapping_isRefusedByBoth(final String element) throws Exception {
        final String xml = Files.readString(CONF.resolve("config.xml"))
                .replace("<kafka-topic>teste<", "<kafka-topic>{client-id}<")
                .replace("</kafka-topic>", "</kafka-topic>" + element);
        final Path file = Files.createTempFile("config", ".xml");
        Files.writeString(file, xml);

        assertThatThrownBy(() -> validator.validate(new StreamSource(new StringReader(xml))))
                .isInstanceOf(SAXException.class);
        assertThatThrownBy(() -> ConfigFile.read(file, CONF, Map.of("BOOTSTRAP_SERVERS", "127.0.0.1:9092")))
                .isInstanceOf(ConfigException.class);
        Files.delete(file);
    }

    @Test
    void unknownElement_isRefusedByTheSchemaToo() throws Exception {
        final String xml = Files.readString(CONF.resolve("config.xml")).replace("kafka-topic>", "kafka-topc>");

        assertThatThrownBy(() -> validator.validate(new StreamSource(new StringReader(xml))))
                .hasMessageContaining("kafka-topc");
    }
}
