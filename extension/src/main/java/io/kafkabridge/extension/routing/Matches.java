package io.kafkabridge.extension.routing;

import java.util.Arrays;

/**
 * What a topic led to, and the memory that a match needs: kept and used again by one thread, so that a match allocates
 * nothing once it has grown. Works with every tree, and with another one each time.
 *
 * <p>Holds on to the targets of the tree until the next match or {@link #clear}.
 *
 * @param <T> what a filter leads to
 */
public final class Matches<T> {

    private static final Object[] NOTHING = {};

    private Object[] targets = NOTHING;

    /**
     * What became of each target in the match that put the stamp there: {@link #generation}, found; one more, excepted.
     * Generations only grow, whatever the tree, so an older stamp is always a smaller number.
     */
    private int[] stamps = {};

    private int generation;

    /** Indexes of targets, the smallest first. */
    private int[] found = {};

    private int size;

    /** Whether an except filter matched. */
    private boolean excepted;

    /** The nodes that the topic's levels lead to, those of the first level first. */
    private int[] nodes = new int[16];

    private int reached;

    /** Makes an empty result, which grows with what it is used for. */
    public Matches() {
        this(0);
    }

    /** Begins at a generation. */
    Matches(final int generation) {
        this.generation = generation;
    }

    /** How many targets the topic led to. */
    public int size() {
        return size;
    }

    /** Whether the topic led nowhere. */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * One of the targets, each of which is there once, in the order in which the tree got them.
     *
     * @param index from 0, less than {@link #size}
     */
    @SuppressWarnings("unchecked") // Only a tree of T puts targets here.
    public T get(final int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return (T) targets[found[index]];
    }

    /** Forgets the targets, so that they can be collected when their tree is gone. */
    public void clear() {
        size = 0;
        targets = NOTHING;
    }

    /** Begins a match in a tree with these targets. */
    void begin(final Object[] all) {
        targets = all;
        if (stamps.length < all.length) {
            stamps = Arrays.copyOf(stamps, all.length);
            found = new int[all.length];
        }
        if (generation >= Integer.MAX_VALUE - 3) {
            Arrays.fill(stamps, 0);
            generation = 0;
        }
        generation += 2;
        size = 0;
        excepted = false;
        reached = 0;
    }

    /** Notes a node of the tree as one that the topic leads to. */
    void reach(final int node) {
        if (reached == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * reached);
        }
        nodes[reached++] = node;
    }

    /** How many nodes were noted in this match. */
    int reached() {
        return reached;
    }

    /** A noted node. */
    int node(final int index) {
        return nodes[index];
    }

    /** Notes that a filter matches: the index of its target, or, for an except filter, its complement. */
    void add(final int entry) {
        if (entry < 0) {
            stamps[~entry] = generation + 1;
            excepted = true;
        } else if (stamps[entry] < generation) {
            stamps[entry] = generation;
            insert(entry);
        }
    }

    // By insertion, though it takes long when there are very many: Arrays.sort allocates, most of them come in order,
    // and
    // making a record of each takes longer still.
    private void insert(final int target) {
        int place = size++;
        while (place > 0 && found[place - 1] > target) {
            found[place] = found[place - 1];
            place--;
        }
        found[place] = target;
    }

    /** Ends a match: leaves out what was excepted. */
    void end() {
        if (excepted) {
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (stamps[found[i]] == generation) {
                    found[kept++] = found[i];
                }
            }
            size = kept;
        }
        if (size == 0) {
            clear();
        }
    }
}
