package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kafkabridge.stack.Kafka;

/**
 * Which messages are in a Kafka topic, and whether they appeared in order. A message is the text {@code <source>:<sequence
 * number>}, with spaces behind it to make it larger; a source has one partition.
 */
final class Appearances {

    private static final int SHOWN = 20;

    private final Map<String, BitSet> sequences = new HashMap<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private int records;

    private Appearances() {}

    static Appearances in(final Kafka kafka, final String topic) {
        final Appearances appearances = new Appearances();
        Topics.forEach(kafka, topic, record -> appearances.add(new String(record.value(), StandardCharsets.UTF_8)));
        return appearances;
    }

    static Appearances of(final List<byte[]> records) {
        final Appearances appearances = new Appearances();
        records.forEach(record -> appearances.add(new String(record, StandardCharsets.UTF_8)));
        return appearances;
    }

    static byte[] message(final String source, final int sequence, final int size) {
        final String text = source + ":" + sequence;
        return (text + " ".repeat(Math.max(0, size - text.length()))).getBytes(StandardCharsets.UTF_8);
    }

    private void add(final String value) {
        final int colon = value.lastIndexOf(':');
        final int sequence = Integer.parseInt(value.substring(colon + 1).strip());
        final BitSet seen = sequences.computeIfAbsent(value.substring(0, colon), ignored -> new BitSet());
        if (!seen.get(sequence) && sequence < seen.length() && outOfOrder.size() < SHOWN) {
            outOfOrder.add(value.strip() + " behind " + (seen.length() - 1));
        }
        seen.set(sequence);
        records++;
    }

    BitSet of(final String source) {
        return sequences.getOrDefault(source, new BitSet());
    }

    /** The first of the messages whose first appearance comes behind a later message of the same source. */
    List<String> outOfOrder() {
        return outOfOrder;
    }

    /** How many records say what an earlier one said. */
    int repeats() {
        return records
                - sequences.values().stream().mapToInt(BitSet::cardinality).sum();
    }

    @Override
    public String toString() {
        return records + " records, " + repeats() + " of them repeats";
    }
}
