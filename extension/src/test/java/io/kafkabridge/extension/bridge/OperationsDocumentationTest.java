package io.kafkabridge.extension.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.bridge.SourceLines.Line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What the operator's pages quote exists: log lines and tests. And every line that may wake somebody is there. */
class OperationsDocumentationTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (INFO|WARN|ERROR) \\| `([^`]+)` \\|");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:IT|Test))(?:\\.(\\w+))?`");
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"),
            Path.of("../spool/src/test/java"),
            Path.of("../auth/src/test/java"),
            Path.of("../local-stack/src/test/java"),
            Path.of("../integration-tests/src/test/java"));

    private static List<Line> documented() throws IOException {
        return ROW.matcher(Files.readString(DOCS.resolve("operations.md")))
                .results()
                .map(row -> new Line(row.group(1), row.group(2)))
                .toList();
    }

    private static boolean covers(final Line documented, final Line source) {
        final String pattern =
                Stream.of(documented.text().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return documented.level().equals(source.level())
                && Pattern.compile(pattern, Pattern.DOTALL)
                        .matcher(source.text())
                        .matches();
    }

    @Test
    void everyCall_isSeen() throws IOException {
        assertThat(SourceLines.all()).hasSize((int) SourceLines.calls()).hasSizeGreaterThan(30);
    }

    @Test
    void everyWarningAndError_isInTheOperatorsTables() throws IOException {
        // Given
        final List<Line> documented = documented();

        // When
        final List<Line> missing = SourceLines.all().stream()
                .filter(line -> !line.level().equals("INFO"))
                .filter(line -> documented.stream().noneMatch(row -> covers(row, line)))
                .toList();

        // Then
        assertThat(missing).isEmpty();
    }

    @Test
    void everyLineOfTheOperatorsTables_isInTheSources() throws IOException {
        // Given
        final List<Line> sources = SourceLines.all();

        // When
        final List<Line> invented = documented().stream()
                .filter(row -> sources.stream().noneMatch(line -> covers(row, line)))
                .toList();

        // Then
        assertThat(invented).isEmpty();
    }

    @Test
    void everyTestThatProvesAGuarantee_exists() throws IOException {
        for (final String document : List.of("guarantees.md", "operations.md")) {
            for (final MatchResult test : TEST.matcher(Files.readString(DOCS.resolve(document)))
                    .results()
                    .toList()) {
                final String source = source(test.group(1));
                assertThat(source).as(document + ": " + test.group(1)).isNotEmpty();
                if (test.group(2) != null) {
                    assertThat(source).as(document + ": " + test.group()).contains("void " + test.group(2) + "(");
                }
            }
        }
    }

    @Test
    void everyGuarantee_namesATest_orSaysThatThereIsNone() throws IOException {
        final List<String> rows = Files.readAllLines(DOCS.resolve("guarantees.md")).stream()
                .takeWhile(line -> !line.equals("## What Kafka may answer")) // A test writes that table.
                .filter(line -> line.startsWith("| ") && !line.startsWith("| failure"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(40);
        assertThat(rows)
                .allMatch(
                        row -> TEST.matcher(row).find() || row.contains("| the same |") || row.contains("not tested"));
    }

    @Test
    void everyMetricOfTheOperatorsTable_isDocumented() throws IOException {
        final Path reference = DOCS.resolve("monitoring/README.md");
        assumeThat(reference).exists();

        assertThat(Pattern.compile("`(kafkabridge_[a-z_]+)`")
                        .matcher(Files.readString(DOCS.resolve("operations.md")))
                        .results()
                        .map(name -> name.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Files.readString(reference)).contains(name));
    }

    private static String source(final String test) throws IOException {
        for (final Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                final List<Path> found = files.filter(
                                file -> file.getFileName().toString().equals(test + ".java"))
                        .toList();
                if (!found.isEmpty()) {
                    return Files.readString(found.get(0));
                }
            }
        }
        return "";
    }
}
