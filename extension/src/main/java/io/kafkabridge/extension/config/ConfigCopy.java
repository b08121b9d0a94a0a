package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a configuration file as it may be kept elsewhere: with its placeholders, without its comments, and only if every
 * secret in it is a placeholder.
 */
public final class ConfigCopy {

    /** Comments, and what else a parser passes over: they may hold anything. What looks like one in a CDATA section is none. */
    private static final Pattern PASSED_OVER =
            Pattern.compile("<!\\[CDATA\\[.*?]]>|<!--.*?-->|<\\?(?!xml\\s).*?\\?>", Pattern.DOTALL);

    /** Also of elements that are left out on request, whose names nobody knows. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|passphrase|secret|credential|jaas|api.?key).*|.*token");

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("//[^/@\\s]*:[^/@\\s]*@");

    private ConfigCopy() {}

    /**
     * Makes one of a file that was read without a mistake.
     *
     * @return its bytes; empty when it has a secret in it
     * @throws IOException when it can't be read any more
     * @throws ConfigException when it has become something else meanwhile
     */
    public static Optional<byte[]> of(final Path file) throws IOException, ConfigException {
        final byte[] bytes = Files.readAllBytes(file);
        final boolean secret = ElementParser.parse(file, bytes).all().anyMatch(ConfigCopy::isSecretWrittenOut);
        return secret || isWide(bytes) ? Optional.empty() : Optional.of(withoutComments(bytes));
    }

    private static boolean isSecretWrittenOut(final Element element) {
        final String text = element.text();
        return !text.isEmpty()
                && !Placeholders.isOne(text)
                && (element.isPassword()
                        || (element.isSecret() && isSecretProperty(element))
                        || SECRET_NAME.matcher(element.name()).matches()
                        || PASSWORD_IN_URL.matcher(text).find());
    }

    private static boolean isSecretProperty(final Element value) {
        return value.around("property").children("name").stream()
                .map(Element::text)
                .anyMatch(name -> KafkaPropertyRules.isSecret(name)
                        || SECRET_NAME.matcher(name).matches());
    }

    /** UTF-16 and the like, whose comments aren't found: nobody writes that, so it counts as one with a secret. */
    private static boolean isWide(final byte[] bytes) {
        for (final byte each : bytes) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    /** Blank, so that lines and columns stay. Markup is ASCII in every encoding without zero bytes. */
    private static byte[] withoutComments(final byte[] bytes) {
        return PASSED_OVER
                .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("<![")
                                ? found.group()
                                : found.group().replaceAll("[^\\r\\n]", " ")))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
