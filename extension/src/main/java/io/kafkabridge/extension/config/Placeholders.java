package io.kafkabridge.extension.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${ENV:NAME}} and {@code ${NAME}} by environment variables, as HiveMQ does in its own configuration, and
 * {@code ${FILE:path}} by what is in a file. Unlike there, a value is put in after the XML was parsed, and as it is: it may hold
 * {@code <} and {@code &}, and begin or end with spaces.
 *
 * @param environment the environment variables
 * @param files where the files are found
 */
record Placeholders(Map<String, String> environment, SourceFiles files) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:(ENV|FILE):)?([^}]*)}");
    private static final Pattern LAST_LINE_BREAK = Pattern.compile("\\r?\\n\\z");

    /** Whether the text is one placeholder and nothing else. */
    static boolean isOne(final String text) {
        return PLACEHOLDER.matcher(text).matches();
    }

    /**
     * Replaces all placeholders of a text.
     *
     * @throws IllegalArgumentException when a variable isn't set or a file can't be read; the message never shows a value
     */
    String resolve(final String text) {
        final Matcher matcher = PLACEHOLDER.matcher(text);
        final StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            final String name = matcher.group(2).strip();
            final String value = "FILE".equals(matcher.group(1)) ? content(name) : variable(name);
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String variable(final String name) {
        final @Nullable String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + name + " isn't set; set it for HiveMQ");
        }
        return value;
    }

    /** Editors and {@code echo} end a file with a line break. */
    private String content(final String name) {
        return LAST_LINE_BREAK.matcher(files.text(name)).replaceFirst("");
    }
}
