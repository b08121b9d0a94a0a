package io.kafkabridge.extension.monitoring.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.monitoring.prometheus.Family.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** The documentation lists the metrics that there are, and no other. */
class CatalogTest {

    private static final Path DOCUMENT = Path.of("../docs/monitoring/README.md");

    @Test
    void tablesOfTheDocumentation_areTheCatalog() throws IOException {
        // Given
        final Map<String, List<String>> documented = new TreeMap<>();
        for (final String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("| `io.kafkabridge.")) {
                final String[] cells = line.split("\\|", -1);
                documented.put(names(cells[1]).get(0), names(cells[2]));
            }
        }

        // When
        final Map<String, List<String>> shown = new TreeMap<>();
        for (final Family family : Catalog.families()) {
            final String name = family.metadata().getName();
            shown.put(
                    family.registryName(),
                    family.kind() == Kind.TIMER
                            ? List.of(name, family.longest().getName())
                            : List.of(family.kind() == Kind.COUNTER ? name + "_total" : name));
        }

        // Then
        assertThat(documented).isEqualTo(shown);
    }

    private static List<String> names(final String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
    }
}
