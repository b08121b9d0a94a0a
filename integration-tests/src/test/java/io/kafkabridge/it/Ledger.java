package io.kafkabridge.it;

import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every message that a broker has acknowledged, by its source, to be compared with what is in Kafka. One bit a message: millions
 * of them fit. Thread-safe.
 */
final class Ledger {

    private final Map<String, BitSet> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> unacknowledged = ConcurrentHashMap.newKeySet();

    void acknowledged(final String source, final int sequence) {
        acknowledged.compute(source, (ignored, known) -> {
            final BitSet sequences = known == null ? new BitSet() : known;
            sequences.set(sequence);
            return sequences;
        });
    }

    /** Notes that a source sends with QoS 0: anything of it may be missing, but not all. */
    void unacknowledged(final String source) {
        unacknowledged.add(source);
    }

    /** How many messages are acknowledged. */
    int size() {
        return acknowledged.values().stream().mapToInt(BitSet::cardinality).sum();
    }

    /**
     * Compares message by message: nothing that was acknowledged is missing, and the first appearances of each source are in
     * the order of their sequence numbers, whatever its QoS.
     */
    void verify(final Appearances appearances) {
        assertThat(acknowledged).as("sources with acknowledgements").isNotEmpty();
        acknowledged.forEach((source, sequences) -> {
            final BitSet missing = (BitSet) sequences.clone();
            missing.andNot(appearances.of(source));
            assertThat(missing.stream().limit(20))
                    .as(
                            "acknowledged messages of %s that aren't in Kafka, %d of %d, the first of them",
                            source, missing.cardinality(), sequences.cardinality())
                    .isEmpty();
        });
        assertThat(appearances.outOfOrder())
                .as("messages that appear first behind a later one of their source, the first of them")
                .isEmpty();
        assertThat(unacknowledged)
                .as("sources of QoS 0 with something in Kafka")
                .allMatch(source -> !appearances.of(source).isEmpty());
    }
}
