package io.kafkabridge.extension.routing;

/**
 * The nodes of a tree as records of five integers in one array. The children of a node lie together, as a hash table of
 * their own with open addressing, and behind them what is below them. So the way down the tree touches few cache lines,
 * many of them neighbours, however many nodes there are; a map in each node would touch five lines for each level.
 *
 * <p>Topics come from clients, but nothing of them is stored. So no client can make a search slow: it ends at the next
 * free record, and at least half of them are free where they aren't few.
 *
 * <p>Immutable, made by {@link NodeTableBuilder}.
 */
final class NodeTable {

    /** No such node. */
    static final int NONE = -1;

    /** Where the levels of topics begin. */
    static final int ROOT = 0;

    // The integers of a record. A node is known by the index of its first one.

    /** The hash of the level's text. */
    static final int HASH = 0;

    /** Where the text is, with its length before it; {@link #NONE} when the record is free. */
    static final int TEXT = 1;

    /** The first child's record. The one before it, if {@link #SHAPE} says so, is what comes next at any level. */
    static final int CHILDREN = 2;

    /** How many records the children have, a power of two, or 0; and {@link #PLUS}. */
    static final int SHAPE = 3;

    /** Where what the filters that end here lead to is in {@link #lists}, or 0. */
    static final int ENTRIES = 4;

    static final int RECORD = 5;

    /** Added to a {@link #SHAPE} when one of the filters goes on with a {@code +}. */
    static final int PLUS = 1 << 30;

    private final int[] records;
    private final String texts;

    /** For a node, how many entries of filters that end with a # there are, these, how many others, and these. */
    private final int[] lists;

    NodeTable(final int[] records, final String texts, final int[] lists) {
        this.records = records;
        this.texts = texts;
        this.lists = lists;
    }

    /** The hash of a level. */
    static int hash(final String topic, final int start, final int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + topic.charAt(i);
        }
        // The names of many levels differ only in a number at their end: scatter them, so that they don't form long
        // rows.
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    /** The child of a node at a level of a topic, or {@link #NONE}. */
    int child(final int parent, final int hash, final String topic, final int start, final int end) {
        final int size = records[parent + SHAPE] & ~PLUS;
        final int children = records[parent + CHILDREN];
        for (int i = 0; i < size; i++) {
            final int record = children + (hash + i & size - 1) * RECORD;
            final int text = records[record + TEXT];
            if (text == NONE) {
                return NONE;
            }
            if (records[record + HASH] == hash
                    && texts.charAt(text) == end - start
                    && texts.regionMatches(text + 1, topic, start, end - start)) {
                return record;
            }
        }
        return NONE;
    }

    /** The child of a node for any level, or {@link #NONE}. */
    int plus(final int node) {
        return (records[node + SHAPE] & PLUS) == 0 ? NONE : records[node + CHILDREN] - RECORD;
    }

    /** Adds what the filters that end with a {@code #} behind a node lead to. */
    void addRest(final int node, final Matches<?> matches) {
        final int list = records[node + ENTRIES];
        if (list != 0) {
            addAll(list, matches);
        }
    }

    /** Adds what the filters that end at a node lead to. */
    void addHere(final int node, final Matches<?> matches) {
        final int list = records[node + ENTRIES];
        if (list != 0) {
            addAll(list + 1 + lists[list], matches);
        }
    }

    private void addAll(final int list, final Matches<?> matches) {
        final int end = list + lists[list];
        for (int i = list + 1; i <= end; i++) {
            matches.add(lists[i]);
        }
    }
}
