package io.kafkabridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kafkabridge.it.AnswerCase.Phase;
import io.kafkabridge.stack.Checkout;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@link KafkaAnswersIT} has seen, and the table in {@code docs/guarantees.md} that is made of it. */
final class AnswersSeen {

    private static final String BEGIN = "<!-- made by KafkaAnswersIT: begin -->";
    private static final String SPOOLED = ", through the spool";
    private static final String RECORD_REJECTED = "that record rejected";
    private static final String BATCH_REJECTED = "its batch rejected";

    private static final String BY_CHANCE = "metadata: `INVALID_TOPIC_EXCEPTION`";

    /** Of rows whose answer names one record of the batch. */
    private static final String NAMED = "which names one record";

    private static final String END = "<!-- made by KafkaAnswersIT: end -->";

    private final Map<AnswerRow, Map<Phase, Seen>> seen = new HashMap<>();

    /**
     * What became of the messages of a case and a phase.
     *
     * @param acknowledged whether all were, in time
     * @param settled whether the cluster took records again, and the spool was empty
     * @param outages how many were counted
     */
    record Seen(boolean acknowledged, boolean settled, long outages, List<String> inKafka, List<String> rejected) {

        /** What the table says. */
        String words(final Phase phase) {
            if (!acknowledged || !settled) {
                return "**stuck**";
            }
            final long different = rejected.stream().distinct().count();
            if (different > 0) {
                return different == 1 ? RECORD_REJECTED : BATCH_REJECTED;
            }
            return outages > 0 && !phase.isSpooled() ? "in Kafka" + SPOOLED : "in Kafka";
        }
    }

    void add(final AnswerRow row, final Phase phase, final Seen what) {
        seen.computeIfAbsent(row, ignored -> new EnumMap<>(Phase.class)).put(phase, what);
    }

    Map<Phase, Seen> of(final AnswerRow row) {
        return seen.getOrDefault(row, Map.of());
    }

    /** Compares the document's table with what was seen, or writes it with {@code -Dguarantees.write=true}. */
    void compareOrWrite(final List<AnswerRow> rows) throws IOException {
        final Path document = Checkout.root().resolve("docs/guarantees.md");
        final String text = Files.readString(document);
        final String made = table(rows);
        final int from = text.indexOf(BEGIN) + BEGIN.length();
        final int to = text.indexOf(END);
        if (Boolean.getBoolean("guarantees.write")) {
            Files.writeString(document, text.substring(0, from) + "\n" + made + text.substring(to));
            return;
        }
        final List<String> documented = comparable(text.substring(from, to).strip());
        assertThat(comparable(made)).containsAll(documented);
        if (!Faults.IS_LONG) {
            assertThat(comparable(made)).hasSameSizeAs(documented);
        }
    }

    /**
     * What doesn't depend on how busy the machine is. A moment may count as an outage or not, and a batch that is refused as a whole
     * may have one record or several; where a record is named, exactly that one is rejected. A name that is called illegal for a
     * while is rejected or not, by when the producer happens to ask.
     */
    private static List<String> comparable(final String table) {
        return table.replace(SPOOLED, "")
                .lines()
                .filter(line -> !line.contains(BY_CHANCE))
                .map(line -> line.contains(NAMED) ? line : line.replace(BATCH_REJECTED, RECORD_REJECTED))
                .toList();
    }

    private String table(final List<AnswerRow> rows) {
        final StringBuilder lines = new StringBuilder("""
                | Kafka's answer | once, live | once, from the spool | for 4 s, live | for 4 s, from the spool |
                |---|---|---|---|---|
                """);
        for (final AnswerRow row : rows) {
            lines.append("| ").append(row.title());
            for (final Phase phase : Phase.values()) {
                final Seen its = of(row).get(phase);
                lines.append(" | ").append(its == null ? "" : its.words(phase));
            }
            lines.append(" |\n");
        }
        return lines.toString();
    }
}
