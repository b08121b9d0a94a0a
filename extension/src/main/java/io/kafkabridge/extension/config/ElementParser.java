package io.kafkabridge.extension.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;

import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Parses an XML file into {@link Element}s. Refuses doctypes, and with them entities of any kind (XXE, billion laughs). */
final class ElementParser extends DefaultHandler {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private final Deque<Element> open = new ArrayDeque<>();
    private @Nullable Locator locator;
    private @Nullable Element root;

    private ElementParser() {}

    static Element parse(final Path file) throws ConfigException {
        final ElementParser handler = new ElementParser();
        try (InputStream in = Files.newInputStream(file)) {
            final SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.newSAXParser().parse(new InputSource(in), handler);
        } catch (final SAXParseException e) {
            final boolean doctype = String.valueOf(e.getMessage()).contains("DOCTYPE");
            throw problem(
                    file,
                    e.getLineNumber(),
                    doctype
                            ? "a DOCTYPE isn't allowed here; remove it"
                            : "not well-formed XML at column " + e.getColumnNumber() + ": " + handler.explain(e));
        } catch (final NoSuchFileException e) {
            throw problem(file, 0, "the file doesn't exist; put the bridge's configuration there");
        } catch (final IOException e) {
            throw problem(file, 0, "the file can't be read: " + e);
        } catch (final SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("This JVM's XML parser can't be made safe", e);
        }
        final Element root = handler.root;
        if (root == null) {
            throw problem(file, 0, "the file is empty");
        }
        return root;
    }

    /** The parser quotes what it met: not when that is part of a password. */
    private String explain(final SAXParseException e) {
        return open.stream().anyMatch(Element::isSecret)
                ? "in a <password>; write & as &amp; and < as &lt;"
                : String.valueOf(e.getMessage());
    }

    private static ConfigException problem(final Path file, final int line, final String text) {
        return new ConfigException(file, List.of(new Problem(line, "", text)));
    }

    @Override
    public void setDocumentLocator(final Locator locator) {
        this.locator = locator;
    }

    @Override
    public void startElement(
            final String uri, final String localName, final String qName, final Attributes attributes) {
        final int line = locator == null ? 0 : locator.getLineNumber();
        final Element parent = open.peek();
        final Element element = parent == null ? new Element(qName, qName, line) : parent.addChild(qName, line);
        if (parent == null) {
            root = element;
        }
        open.push(element);
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
}
