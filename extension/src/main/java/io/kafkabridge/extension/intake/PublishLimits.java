package io.kafkabridge.extension.intake;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What HiveMQ CE refuses from everybody, and only after its interceptors have seen it ({@code IncomingPublishService} of CE
 * 2025.5): publishes of a higher QoS, or of a longer topic, than its configuration allows. Everything else that its configuration
 * can forbid is refused before. Immutable.
 *
 * @param maxQos the highest QoS, 0 to 2
 * @param maxTopicLength the most characters of a topic name (UTF-16 units, as CE counts them)
 */
public record PublishLimits(int maxQos, int maxTopicLength) {

    /** CE's defaults: MQTT's own limits. */
    public static final PublishLimits NONE = new PublishLimits(2, 65_535);

    /** As CE's {@code EnvVarUtil} has it. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:ENV:)*(.*?)}");

    /** Whether HiveMQ takes a publish of that topic and QoS. */
    boolean allow(final String topic, final Qos qos) {
        return topic.length() <= maxTopicLength && qos.getQosNumber() <= maxQos;
    }

    /**
     * The limits of the HiveMQ that this runs in. It has read its configuration when it starts extensions, and doesn't read it
     * again. Of an embedded HiveMQ whose configuration lies elsewhere nothing can be known.
     *
     * @param home HiveMQ's home folder
     */
    public static PublishLimits ofHiveMq(final Path home) {
        return read(file(home, PublishLimits::variable), PublishLimits::variable);
    }

    /** Where CE looks ({@code SystemInformationImpl}). */
    static Path file(final Path home, final UnaryOperator<@Nullable String> variables) {
        String folder = variables.apply("hivemq.config.folder");
        if (folder == null) {
            folder = variables.apply("HIVEMQ_CONFIG_FOLDER");
        }
        return home.resolve(folder == null ? "conf" : folder).resolve("config.xml");
    }

    private static @Nullable String variable(final @Nullable String name) {
        final String property = name == null || name.isEmpty() ? null : System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }

    /**
     * Reads HiveMQ's {@code config.xml} as CE does: what isn't there, or isn't what it should be, has its default.
     *
     * @param variables system properties and environment variables, for the file's placeholders
     */
    static PublishLimits read(final Path file, final UnaryOperator<@Nullable String> variables) {
        try {
            final Element root = parse(replacePlaceholders(Files.readString(file, StandardCharsets.UTF_8), variables));
            return new PublishLimits(
                    number(child(child(root, "mqtt"), "quality-of-service"), "max-qos", 0, NONE.maxQos),
                    number(child(root, "restrictions"), "max-topic-length", 1, NONE.maxTopicLength));
        } catch (final IOException | SAXException | ParserConfigurationException | RuntimeException e) {
            return NONE; // So does CE, and says so in its log.
        }
    }

    private static String replacePlaceholders(final String text, final UnaryOperator<@Nullable String> variables) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            final String value = variables.apply(match.group(1));
            return Matcher.quoteReplacement(value == null ? "" : value); // Without one, CE doesn't start.
        });
    }

    private static Element parse(final String xml) throws IOException, SAXException, ParserConfigurationException {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        final DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null); // Not to the standard error.
        return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    }

    /** The last child of that name; null when there is none. */
    private static @Nullable Element child(final @Nullable Element parent, final String name) {
        Element found = null;
        for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && element.getNamespaceURI() == null
                    && name.equals(element.getLocalName())) {
                found = element;
            }
        }
        return found;
    }

    private static int number(final @Nullable Element parent, final String name, final int min, final int max) {
        final Element element = child(parent, name);
        try {
            final int value = element == null
                    ? max
                    : Integer.parseInt(element.getTextContent().strip());
            return value < min || value > max ? max : value;
        } catch (final NumberFormatException e) {
            return max;
        }
    }
}
