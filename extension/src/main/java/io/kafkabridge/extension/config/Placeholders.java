package io.kafkabridge.extension.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${ENV:NAME}} and {@code ${NAME}} by environment variables, as HiveMQ does in its own configuration.
 * Unlike there, a value is put in after the XML was parsed: it may hold {@code <} and {@code &}.
 *
 * @param environment the environment variables
 */
record Placeholders(Map<String, String> environment) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:ENV:)?([^}]*)}");

    /** Whether the text is one placeholder and nothing else. */
    static boolean isOne(final String text) {
        return PLACEHOLDER.matcher(text).matches();
    }

    /**
     * Replaces all placeholders of a text.
     *
     * @throws IllegalArgumentException when a variable isn't set
     */
    String resolve(final String text) {
        final Matcher matcher = PLACEHOLDER.matcher(text);
        final StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            final String name = matcher.group(1).strip();
            final @Nullable String value = environment.get(name);
            if (value == null) {
                throw new IllegalArgumentException(
                        "the environment variable " + name + " isn't set; set it for HiveMQ");
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString().strip();
    }
}
