package io.kafkabridge.extension.routing;

import java.util.List;
import java.util.Map;

import io.kafkabridge.extension.config.TopicFilter;

/**
 * Topic filters in a tree of levels: a match costs as much as the topic is deep, however many filters there are, and
 * allocates nothing. Follows MQTT 5.0, section 4.7: {@code #} matches its parent level too, and a wildcard at the start
 * doesn't match a topic that starts with {@code $}.
 *
 * <p>A topic without wildcards in the filters is found in one look-up. For the others, each level of a topic takes a
 * look-up for each node that the levels before it lead to: one, or a few where both a text and a {@code +} are possible.
 *
 * <p>Immutable after {@link #build}, so that any number of threads may match at a time, each with {@link Matches} of its
 * own.
 *
 * @param <T> what a filter leads to
 */
public final class TopicTree<T> {

    private final Object[] targets;
    private final NodeTable table;

    /** Where the levels of filters with wildcards begin. */
    private final int levels;

    /** The parent of filters without wildcards, each one node, its text the whole topic. */
    private final int topics;

    private TopicTree(final Object[] targets, final NodeTable table, final int levels, final int topics) {
        this.targets = targets;
        this.table = table;
        this.levels = levels;
        this.topics = topics;
    }

    /**
     * Builds a tree.
     *
     * @param targets what the filters lead to, each with its filters; matches come in the order of this map
     */
    public static <T> TopicTree<T> build(final Map<T, Filters> targets) {
        final Node levels = new Node();
        final Node topics = new Node();
        int nodes = 2;
        int target = 0;
        for (final Filters filters : targets.values()) {
            nodes += addAll(filters.topicFilters(), target, levels, topics);
            nodes += addAll(filters.exceptFilters(), ~target, levels, topics);
            target++;
        }
        final NodeTableBuilder table = new NodeTableBuilder(nodes);
        final int levelsAt = table.add(levels);
        final int topicsAt = table.add(topics);
        return new TopicTree<>(targets.keySet().toArray(), table.build(), levelsAt, topicsAt);
    }

    private static int addAll(final List<TopicFilter> filters, final int entry, final Node levels, final Node topics) {
        int nodes = 0;
        for (final TopicFilter filter : filters) {
            nodes += filter.isLiteral()
                    ? topics.add(List.of(filter.toString()), entry)
                    : levels.add(filter.levels(), entry);
        }
        return nodes;
    }

    /**
     * Finds the targets of which a topic filter matches and no except filter does, each once.
     *
     * @param matches what is found, in the order of the map that the tree was built from; what was in it is gone
     */
    public void match(final String topic, final Matches<T> matches) {
        matches.begin(targets);
        final int literal = table.child(topics, topic.hashCode(), topic, 0, topic.length());
        if (literal != NodeTable.NONE) {
            table.addHere(literal, matches);
        }
        descend(topic, matches);
        matches.end();
    }

    private void descend(final String topic, final Matches<T> matches) {
        matches.reach(levels);
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
                    table.addRest(node, matches);
                    reach(table.plus(node), matches);
                }
                reach(table.child(node, hash, topic, start, end), matches);
            }
            start = end + 1;
        } while (start <= topic.length() && next < matches.reached());
        // All that is left was reached by the last level; nothing, if the tree ended before the topic.
        for (; next < matches.reached(); next++) {
            table.addRest(matches.node(next), matches);
            table.addHere(matches.node(next), matches);
        }
    }

    private static void reach(final int node, final Matches<?> matches) {
        if (node != NodeTable.NONE) {
            matches.reach(node);
        }
    }
}
