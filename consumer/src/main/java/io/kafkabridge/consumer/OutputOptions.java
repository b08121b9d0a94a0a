package io.kafkabridge.consumer;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.Terminal;

/** Options that say how records are printed. */
final class OutputOptions {
    @Option(
            names = "--format",
            paramLabel = "text|json|value",
            description =
                    "text by default; json: one object a line with all of the record; value: nothing but the value.")
    private @Nullable Format format;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print key, topic, partition, offset, time and headers as well.")
    private boolean verbose;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--color",
            defaultValue = "auto",
            paramLabel = "auto|always|never",
            description = "Colours in text; auto by default: on a terminal, unless NO_COLOR is set.")
    private Color color = Color.auto;

    /** The names are what the user writes. */
    enum Format {
        text,
        json,
        value
    }

    /** The names are what the user writes. */
    enum Color {
        auto,
        always,
        never
    }

    /** Throws CommandFailure when the options don't go together. */
    RecordFormat recordFormat() {
        Format chosen = format == null ? (json ? Format.json : Format.text) : format;
        if (json && chosen != Format.json) {
            throw CommandFailure.wrongSetting("Give --json or --format " + chosen + ", not both");
        }
        if (verbose && chosen == Format.value) {
            throw CommandFailure.wrongSetting("--verbose shows more than --format value; give one of them");
        }
        return switch (chosen) {
            case json -> new JsonFormat();
            case value -> RecordFormat::value;
            case text -> new TextFormat(verbose, isColoured(), Terminal.present());
        };
    }

    private boolean isColoured() {
        String refused = System.getenv("NO_COLOR");
        return switch (color) {
            case always -> true;
            case never -> false;
            case auto -> Terminal.present() && (refused == null || refused.isEmpty());
        };
    }
}
