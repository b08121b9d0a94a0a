package io.kafkabridge.benchmark.ledger;

import java.util.BitSet;
import java.util.List;

import io.kafkabridge.benchmark.load.LoadResult;

/**
 * The messages of one run, by client and number, compared with the records of its Kafka topic. Records are told in the order of
 * their partition; a client's messages share one, since they share the key. Not thread-safe.
 */
public final class Ledger {

    private final List<Long> published;
    private final BitSet[] seen;
    private final BitSet[] unacknowledged;
    private final int[] highest;
    private long missing;
    private long duplicated;
    private long outOfOrder;

    /** A ledger of what a run has published. */
    public Ledger(LoadResult run) {
        published = run.published();
        seen = new BitSet[published.size()];
        unacknowledged = new BitSet[published.size()];
        highest = new int[published.size()];
        for (int client = 0; client < seen.length; client++) {
            seen[client] = new BitSet();
            unacknowledged[client] = new BitSet();
            highest[client] = -1;
            missing += published.get(client);
        }
        run.unacknowledged().forEach(message -> {
            // Nobody was told that it is safe: it may be in Kafka or not.
            unacknowledged[message.client()].set((int) message.number());
            missing--;
        });
    }

    /**
     * Notes a record.
     *
     * @throws IllegalArgumentException if no such message was published
     */
    public void record(int client, long number) {
        if (client < 0 || client >= seen.length || number < 0 || number >= published.get(client)) {
            throw new IllegalArgumentException(
                    "Kafka has message " + number + " of client " + client + ", which was never published");
        }
        int index = (int) number;
        if (seen[client].get(index)) {
            duplicated++;
            return;
        }
        seen[client].set(index);
        if (!unacknowledged[client].get(index)) {
            missing--;
        }
        if (index < highest[client]) {
            outOfOrder++;
        }
        highest[client] = Math.max(highest[client], index);
    }

    /** Whether every acknowledged message was seen. */
    public boolean isComplete() {
        return missing == 0;
    }

    /** The comparison, as of now. */
    public LedgerCheck check() {
        return new LedgerCheck(missing, duplicated, outOfOrder);
    }
}
