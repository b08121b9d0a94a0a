package io.kafkabridge.extension.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log lines that the sources of both extensions write. */
final class SourceLines {

    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/java"), Path.of("../spool/src/main/java"), Path.of("../auth/src/main/java"));
    private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern CALL =
            Pattern.compile("LOG\\s*\\.(info|warn|error)\\(\\s*(" + LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*)");

    /**
     * A line, as the source has it.
     *
     * @param level in capital letters
     * @param text with an ellipsis for each placeholder
     */
    record Line(String level, String text) {}

    private SourceLines() {}

    /** All lines from INFO on. */
    static List<Line> all() throws IOException {
        final List<Line> lines = new ArrayList<>();
        for (final Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (final Path file :
                        (Iterable<Path>) files.filter(each -> each.toString().endsWith(".java"))::iterator) {
                    addAll(Files.readString(file), lines);
                }
            }
        }
        return lines;
    }

    /** How many calls there are, whatever their arguments look like: none may be missed. */
    static long calls() throws IOException {
        long calls = 0;
        for (final Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (final Path file :
                        (Iterable<Path>) files.filter(each -> each.toString().endsWith(".java"))::iterator) {
                    calls += Pattern.compile("LOG\\s*\\.(info|warn|error)\\(")
                            .matcher(Files.readString(file))
                            .results()
                            .count();
                }
            }
        }
        return calls;
    }

    private static void addAll(final String source, final List<Line> lines) {
        final Matcher call = CALL.matcher(source);
        while (call.find()) {
            final StringBuilder text = new StringBuilder();
            Pattern.compile(LITERAL)
                    .matcher(call.group(2))
                    .results()
                    .map(literal -> literal.group().substring(1, literal.group().length() - 1))
                    .forEach(text::append);
            lines.add(new Line(
                    call.group(1).toUpperCase(Locale.ROOT),
                    text.toString().replace("{}", "…").replace("\\n", " ").strip()));
        }
    }
}
