package io.kafkabridge.it;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every message that a broker has acknowledged, by its source, to be compared with what is in Kafka. A message is the text
 * {@code <source>:<sequence number>}.
 */
final class Ledger {

    private final Map<String, Set<Integer>> acknowledged = new ConcurrentHashMap<>();

    void acknowledged(final String source, final int sequence) {
        acknowledged
                .computeIfAbsent(source, ignored -> new ConcurrentSkipListSet<>())
                .add(sequence);
    }

    int size() {
        return acknowledged.values().stream().mapToInt(Set::size).sum();
    }

    /**
     * Compares message by message: nothing that was acknowledged is missing, and the first appearances of each source are in
     * the order of their sequence numbers.
     *
     * @param values a topic's values, of one partition in order
     */
    void verify(final List<String> values) {
        final Map<String, Set<Integer>> appeared = new ConcurrentHashMap<>();
        values.forEach(value -> {
            final int colon = value.lastIndexOf(':');
            appeared.computeIfAbsent(value.substring(0, colon), ignored -> new LinkedHashSet<>())
                    .add(Integer.valueOf(value.substring(colon + 1)));
        });
        acknowledged.forEach((source, sequences) -> {
            final Set<Integer> inKafka = appeared.getOrDefault(source, Set.of());
            assertThat(inKafka).as("acknowledged messages of %s", source).containsAll(sequences);
            final List<Integer> order = new ArrayList<>(inKafka);
            assertThat(order).as("first appearances of %s", source).isSorted();
        });
    }
}
