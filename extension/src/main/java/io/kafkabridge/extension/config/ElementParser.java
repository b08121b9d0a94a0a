package io.kafkabridge.extension.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;

import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.Locator2;
import org.xml.sax.helpers.DefaultHandler;

import io.kafkabridge.extension.config.Element.Position;
import io.kafkabridge.extension.model.Problem;

/** Parses an XML file into {@link Element}s. Refuses doctypes, and with them entities of any kind (XXE, billion laughs). */
final class ElementParser extends DefaultHandler {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /** Namespaces, and where an editor finds the schema. */
    private static final String OF_XML_ITSELF = "(xmlns|xml|xsi)(:.*)?";

    private final byte[] file;
    private final Deque<Element> open = new ArrayDeque<>();
    private @Nullable Locator locator;
    private @Nullable TagPositions positions;
    private @Nullable Element root;

    private ElementParser(final byte[] file) {
        this.file = file;
    }

    /**
     * Parses a file.
     *
     * @throws ConfigException when it can't be read or isn't well-formed
     */
    static Element parse(final Path file) throws ConfigException {
        return parse(file, bytes(file));
    }

    /** Parses what a file says; what it says by now doesn't matter. */
    static Element parse(final Path file, final byte[] content) throws ConfigException {
        final ElementParser handler = new ElementParser(content);
        try {
            final SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.newSAXParser().parse(new InputSource(new ByteArrayInputStream(handler.file)), handler);
        } catch (final SAXParseException e) {
            final boolean doctype = String.valueOf(e.getMessage()).contains("DOCTYPE");
            throw refusal(
                    file,
                    new Problem(
                            e.getLineNumber(),
                            e.getColumnNumber(),
                            "",
                            doctype
                                    ? "a DOCTYPE isn't allowed here; remove it"
                                    : "not well-formed XML: " + handler.explain(e)));
        } catch (final IOException e) {
            // The file is in memory: only its encoding can fail.
            throw refusal(
                    file,
                    new Problem(
                            1, 1, "", "the encoding that this line says is unknown, or isn't the file's; use UTF-8"));
        } catch (final SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("This JVM's XML parser can't be made safe", e);
        }
        return Objects.requireNonNull(handler.root); // An empty file isn't well-formed.
    }

    private static byte[] bytes(final Path file) throws ConfigException {
        try {
            return Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
            throw refusal(file, new Problem(0, 0, "", "the file doesn't exist; put the bridge's configuration there"));
        } catch (final IOException e) {
            throw refusal(file, new Problem(0, 0, "", "the file can't be read: " + e));
        }
    }

    private static ConfigException refusal(final Path file, final Problem problem) {
        return new ConfigException(file, List.of(problem), Set.of(file));
    }

    /** The parser quotes what it met: not when that is part of a password. */
    private String explain(final SAXParseException e) {
        return open.stream()
                .filter(Element::isSecret)
                .findFirst()
                .map(secret -> "in a <" + secret.name() + ">; write & as &amp; and < as &lt;")
                .orElseGet(() -> String.valueOf(e.getMessage()));
    }

    @Override
    public void setDocumentLocator(final Locator locator) {
        this.locator = locator;
    }

    @Override
    public void startElement(
            final String uri, final String localName, final String qName, final Attributes attributes) {
        final Element parent = open.peek();
        final Element element =
                parent == null ? new Element(qName, qName, position()) : parent.addChild(qName, position());
        for (int i = 0; i < attributes.getLength(); i++) {
            if (!attributes.getQName(i).matches(OF_XML_ITSELF)) {
                element.addAttribute(attributes.getQName(i));
            }
        }
        if (parent == null) {
            root = element;
        }
        open.push(element);
    }

    private Position position() {
        if (!(locator instanceof Locator2 end)) {
            return new Position(0, 0);
        }
        TagPositions known = positions;
        if (known == null) {
            known = new TagPositions(file, end.getEncoding());
            positions = known;
        }
        return known.startOf(end.getLineNumber(), end.getColumnNumber());
    }

    @Override
    public void characters(final char[] characters, final int start, final int length) {
        final Element element = open.peek();
        if (element != null) {
            element.addText(characters, start, length);
        }
    }

    @Override
    public void endElement(final String uri, final String localName, final String qName) {
        open.pop();
    }

    @Override
    public void error(final SAXParseException e) throws SAXException {
        throw e;
    }

    /** Where the tags of an XML file start. A SAX parser tells only where they end. */
    private static final class TagPositions {

        private final List<String> lines;

        /**
         * Reads a file's lines.
         *
         * @param encoding the encoding's name, as the parser found it; null when it doesn't tell
         */
        TagPositions(final byte[] file, final @Nullable String encoding) {
            final String text = new String(file, charset(encoding));
            // The parser doesn't count a byte order mark, and ends lines as XML 1.0 does (section 2.11).
            lines = List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1));
        }

        private static Charset charset(final @Nullable String name) {
            try {
                return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
            } catch (final IllegalCharsetNameException | UnsupportedCharsetException e) {
                return StandardCharsets.UTF_8; // Markup is ASCII: only columns behind other letters may be off.
            }
        }

        /** The start of the tag that ends before that place: no attribute may hold a {@code <}. */
        Position startOf(final int endLine, final int endColumn) {
            int from = endColumn - 2;
            for (int line = Math.min(endLine, lines.size()); line > 0; line--) {
                final int start = lines.get(line - 1).lastIndexOf('<', from);
                if (start >= 0) {
                    return new Position(line, start + 1);
                }
                from = Integer.MAX_VALUE;
            }
            return new Position(endLine, Math.max(1, endColumn));
        }
    }
}
