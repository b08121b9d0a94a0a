package io.kafkabridge.extension.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.extension.model.Template;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of examples in the documentation say what is so. */
class DocumentedExamplesTest {

    private static final Publish PUBLISH =
            new Publishes().client("sensor-1", null).property("site", "north").build();

    static Stream<Arguments> templates() throws IOException {
        return rows("| template | becomes |");
    }

    static Stream<Arguments> expressions() throws IOException {
        return rows("| expression | payload | value |");
    }

    /** The cells of a table, without their backticks. */
    private static Stream<Arguments> rows(final String header) throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("../docs/mapping.md"));
        final List<Arguments> rows = new ArrayList<>();
        for (int i = lines.indexOf(header) + 2; lines.get(i).startsWith("|"); i++) {
            rows.add(Arguments.of(Arrays.stream(lines.get(i).split(" \\| |^\\| | \\|$"))
                    .filter(cell -> !cell.isEmpty())
                    .map(cell -> cell.replaceAll("^`|`$", "").replace("\\|", "|"))
                    .toArray()));
        }
        assertThat(rows).as("rows of " + header).hasSizeGreaterThan(5);
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("templates")
    void template_becomesWhatIsWritten(final String template, final String expected) {
        assertThat(PublishText.compile(Template.parse(template)).of(PUBLISH)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @MethodSource("expressions")
    void expression_givesWhatIsWritten(final String expression, final String payload, final String expected) {
        final Mappings mappings = Mappings.with("<json><value><![CDATA[" + expression + "]]></value></json>");

        assertThat(new String(mappings.create(Publishes.of(payload)).value(), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }
}
