package io.kafkabridge.extension.config;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;

import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

import io.kafkabridge.extension.model.Problem;

/**
 * The schema of {@code config.xml}, which editors complete and check by. {@link ConfigFile} says everything that it says, and in
 * better words; what the schema alone finds is a mistake of the one or the other, and tests look for it.
 */
public final class ConfigSchema {

    private ConfigSchema() {}

    /**
     * What the schema finds in a file, whichever schema the file names.
     *
     * @param file a file that {@link ConfigFile#read} accepts: a message may show a value
     * @return the problems, in the order of the file
     * @throws IOException when the file can't be read
     */
    public static List<Problem> problems(final Path file) throws IOException {
        final List<Problem> problems = new ArrayList<>();
        try {
            final Validator validator = validator();
            validator.setErrorHandler(new ErrorHandler() {
                @Override
                public void warning(final SAXParseException e) {
                    error(e);
                }

                @Override
                public void error(final SAXParseException e) {
                    problems.add(problem(e));
                }

                @Override
                public void fatalError(final SAXParseException e) {
                    error(e);
                }
            });
            validator.validate(new StreamSource(file.toFile()));
        } catch (final SAXException e) {
            throw new IllegalStateException("The schema can't be used", e);
        }
        return problems;
    }

    private static Validator validator() throws SAXException {
        final SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        final URL schema = Objects.requireNonNull(ConfigSchema.class.getResource("config.xsd"));
        final Validator validator = factory.newSchema(schema).newValidator();
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        return validator;
    }

    private static Problem problem(final SAXParseException error) {
        // "cvc-complex-type.2.4.a: Invalid content was found": the rule's number in the XML Schema specification.
        final String text = String.valueOf(error.getMessage()).replaceFirst("^cvc-[^:]*: ", "");
        return new Problem(error.getLineNumber(), error.getColumnNumber(), "", "the schema says: " + text);
    }
}
