package io.kafkabridge.extension.routing;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.TopicFilter;

/**
 * Topic filters in a tree of levels: a match costs as much as the topic is deep, however many filters there are, and
 * allocates nothing. Follows MQTT 5.0, section 4.7: {@code #} matches its parent level too, and a wildcard at the start
 * doesn't match a topic that starts with {@code $}.
 *
 * <p>Each level of a topic takes a look-up for each node that the levels before it lead to: one, or a few where both a
 * text and a {@code +} are possible.
 *
 * <p>Immutable after {@link #build}, so that any number of threads may match at a time, each with {@link Matches} of its
 * own.
 *
 * @param <T> what a filter leads to
 */
public final class TopicTree<T> {

    private final Object[] targets;
    private final NodeTable nodes;

    private TopicTree(final Object[] targets, final NodeTable nodes) {
        this.targets = targets;
        this.nodes = nodes;
    }

    /**
     * Builds a tree.
     *
     * @param targets what the filters lead to, each with its filters; matches come in the order of this map
     */
    public static <T> TopicTree<T> build(final Map<T, Filters> targets) {
        final Node root = new Node();
        int target = 0;
        for (final Filters filters : targets.values()) {
            for (final TopicFilter filter : filters.topicFilters()) {
                root.add(filter.levels(), target);
            }
            for (final TopicFilter filter : filters.exceptFilters()) {
                root.add(filter.levels(), ~target);
            }
            target++;
        }
        return new TopicTree<>(targets.keySet().toArray(), NodeTableBuilder.build(root));
    }

    /** The first target of the map that the tree was built from; null when it was empty. */
    @SuppressWarnings("unchecked") // Only targets of T are there.
    public @Nullable T first() {
        return targets.length == 0 ? null : (T) targets[0];
    }

    /**
     * Finds the targets of which a topic filter matches and no except filter does, each once.
     *
     * @param matches what is found, in the order of the map that the tree was built from; what was in it is gone
     */
    public void match(final String topic, final Matches<T> matches) {
        matches.begin(targets);
        matches.reach(NodeTable.ROOT);
        int next = 0;
        int start = 0;
        do {
            final int slash = topic.indexOf('/', start);
            final int end = slash < 0 ? topic.length() : slash;
            final int hash = NodeTable.hash(topic, start, end);
            final boolean wildcards = start > 0 || !topic.startsWith("$");
            final int last = matches.reached();
            for (; next < last; next++) {
                final int node = matches.node(next);
                if (wildcards) {
                    nodes.addRest(node, matches);
                    reach(nodes.plus(node), matches);
                }
                reach(nodes.child(node, hash, topic, start, end), matches);
            }
            start = end + 1;
        } while (start <= topic.length() && next < matches.reached());
        // All that is left was reached by the last level; nothing, if the tree ended before the topic.
        for (; next < matches.reached(); next++) {
            nodes.addRest(matches.node(next), matches);
            nodes.addHere(matches.node(next), matches);
        }
        matches.end();
    }

    private static void reach(final int node, final Matches<?> matches) {
        if (node != NodeTable.NONE) {
            matches.reach(node);
        }
    }
}
