package io.kafkabridge.common;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings, {@code NAME=value} a line, as people have them: perhaps with a byte order mark, with line ends of Windows, with
 * {@code export} before the name. A value may stand in double or single quotes, and is then taken as it is. Without quotes, a
 * {@code #} begins a comment only behind a blank, so that a password may hold one. Nothing is replaced or unescaped in a value.
 */
final class EnvFile {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][\\w.-]*)\\s*=(.*)");
    private static final Pattern COMMENT = Pattern.compile("\\s#");
    private static final String RULE = "expected NAME=value or NAME=\"value\"";

    private EnvFile() {}

    /**
     * Reads the file, once: it may be a pipe. When a name comes twice, the last one counts.
     *
     * @throws CommandFailure with a line that names file and line number, never the content: it may be a password
     */
    static Map<String, String> read(final Path file) {
        final Map<String, String> settings = new LinkedHashMap<>();
        final List<String> lines = text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            final Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw malformed(file, i + 1, RULE);
            }
            settings.put(matcher.group(1), value(matcher.group(2), file, i + 1));
        }
        return settings;
    }

    private static String text(final Path file) {
        try {
            final String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (final CharacterCodingException e) {
            throw CommandFailure.wrongSetting("Cannot read " + file + ": it isn't UTF-8 text; save it as UTF-8", e);
        } catch (final IOException e) {
            throw CommandFailure.wrongSetting("Cannot read " + file + ": " + reason(file), e);
        }
    }

    private static String reason(final Path file) {
        if (Files.notExists(file)) {
            return "no such file";
        }
        return Files.isDirectory(file) ? "it is a directory" : "permission denied";
    }

    /** @param text what stands behind the equals sign, the blanks with it: one before a {@code #} makes a comment of it */
    private static String value(final String text, final Path file, final int line) {
        final String value = text.strip();
        if (!value.startsWith("\"") && !value.startsWith("'")) {
            return COMMENT.split(text, 2)[0].strip();
        }
        final int end = value.indexOf(value.charAt(0), 1);
        if (end < 0) {
            throw malformed(file, line, "the closing quote is missing");
        }
        final String rest = value.substring(end + 1).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw malformed(file, line, RULE);
        }
        return value.substring(1, end);
    }

    private static CommandFailure malformed(final Path file, final int line, final String rule) {
        return CommandFailure.wrongSetting("Cannot read " + file + ", line " + line + ": " + rule);
    }
}
