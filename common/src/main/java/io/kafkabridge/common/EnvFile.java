package io.kafkabridge.common;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;

/** A file of settings, {@code NAME=value} a line, as dotenv-java reads it. */
final class EnvFile {
    /** dotenv-java takes an open quote as a value of many lines and drops the rest of the file without a word. */
    private static final Pattern OPEN_QUOTE = Pattern.compile("\\s*[\\w.\\-]+\\s*=\\s*\"[^\"]*");

    private EnvFile() {}

    /**
     * Reads the file.
     *
     * @throws CommandFailure with a line that names file and line number, never the content: it may be a password
     */
    static Map<String, String> read(Path file) {
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (OPEN_QUOTE.matcher(lines.get(i)).matches()) {
                throw malformed(file, i + 1, "the closing quote is missing");
            }
        }
        try {
            Dotenv dotenv = Dotenv.configure()
                    .directory(String.valueOf(file.toAbsolutePath().getParent()))
                    .filename(String.valueOf(file.getFileName()))
                    .load();
            return dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE).stream()
                    .collect(Collectors.toMap(DotenvEntry::getKey, entry -> unquoted(entry.getValue())));
        } catch (DotenvException e) {
            throw malformed(file, lineOf(e, lines), "expected NAME=value or NAME=\"value\"");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw CommandFailure.wrongSetting("Cannot read " + file + ": it isn't UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw CommandFailure.wrongSetting("Cannot read " + file + ": " + reason(file), e);
        }
    }

    private static String reason(Path file) {
        if (Files.notExists(file)) {
            return "no such file";
        }
        return Files.isDirectory(file) ? "it is a directory" : "permission denied";
    }

    /** The exception holds the line itself: its text finds the number, and is then dropped. */
    private static int lineOf(DotenvException malformed, List<String> lines) {
        String message = String.valueOf(malformed.getMessage());
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && message.endsWith(" " + lines.get(i))) {
                return i + 1;
            }
        }
        return lines.size();
    }

    private static CommandFailure malformed(Path file, int line, String rule) {
        return CommandFailure.wrongSetting("Cannot read " + file + ", line " + line + ": " + rule);
    }

    /** dotenv-java removes double quotes only. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
