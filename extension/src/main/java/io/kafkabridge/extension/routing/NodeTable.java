package io.kafkabridge.extension.routing;

/**
 * The nodes of a tree in one hash table of integers, with open addressing: a child is found by its parent and its level's
 * text, which stays a region of the topic. A step down touches one record and one text, so it costs two cache misses or
 * so, however many nodes there are; a map in each node would cost five.
 *
 * <p>Topics come from clients, but nothing of them is stored. So no client can make the table slow: a search ends at the
 * next free record, and at least half of them are free.
 *
 * <p>Immutable, made by {@link NodeTableBuilder}.
 */
final class NodeTable {

    /** No such node. */
    static final int NONE = -1;

    // The integers of a record. A node is known by the index of its first one.
    static final int PARENT = 0;
    static final int HASH = 1;
    static final int TEXT = 2;
    static final int LENGTH = 3;
    static final int CHILDREN = 4;
    static final int PLUS = 5;
    static final int HERE = 6;
    static final int REST = 7;
    static final int RECORD = 8;

    private final int[] records;
    private final String texts;
    private final int[] lists;

    /**
     * Makes a table.
     *
     * @param records the nodes, where {@link #home} says or behind it; a power of two of them
     * @param texts what the records' texts are regions of
     * @param lists lists of entries, each with its length before it; the first one is empty
     */
    NodeTable(final int[] records, final String texts, final int[] lists) {
        this.records = records;
        this.texts = texts;
        this.lists = lists;
    }

    /** A text's hash: that of {@link String#hashCode}. */
    static int hash(final String text, final int start, final int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    /** Where the search for a node begins. */
    static int home(final int parent, final int hash, final int length) {
        // Neighbours in both numbers shall be far from each other: multiply, and take bits from the middle.
        final int mixed = (hash ^ parent * 0x9E3779B9) * 0x85EBCA6B;
        return (mixed ^ mixed >>> 15) * RECORD & length - 1;
    }

    /** The child of a node at a level of a topic, or {@link #NONE}. */
    int child(final int parent, final int hash, final String topic, final int start, final int end) {
        if (records[parent + CHILDREN] == 0) {
            return NONE;
        }
        int record = home(parent, hash, records.length);
        while (records[record + PARENT] != NONE) {
            if (records[record + PARENT] == parent
                    && records[record + HASH] == hash
                    && records[record + LENGTH] == end - start
                    && texts.regionMatches(records[record + TEXT], topic, start, end - start)) {
                return record;
            }
            record = record + RECORD & records.length - 1;
        }
        return NONE;
    }

    /** The child of a node for any level, or {@link #NONE}. */
    int plus(final int node) {
        return records[node + PLUS];
    }

    /** Adds what the filters that end at a node lead to. */
    void addHere(final int node, final Matches<?> matches) {
        addAll(records[node + HERE], matches);
    }

    /** Adds what the filters that end with a {@code #} behind a node lead to. */
    void addRest(final int node, final Matches<?> matches) {
        addAll(records[node + REST], matches);
    }

    private void addAll(final int list, final Matches<?> matches) {
        if (list != 0) {
            for (int i = 1; i <= lists[list]; i++) {
                matches.add(lists[list + i]);
            }
        }
    }
}
