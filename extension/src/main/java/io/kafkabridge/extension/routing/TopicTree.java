package io.kafkabridge.extension.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.config.TopicFilter;

/**
 * Topic filters in a tree of levels: a match costs as much as the topic is deep, however many filters there are. Follows
 * MQTT 5.0, section 4.7: {@code #} matches its parent level too, and a wildcard at the start doesn't match a topic that
 * starts with {@code $}.
 *
 * <p>Immutable after {@link #build}, so that any number of threads may match at a time.
 *
 * @param <T> what a filter leads to
 */
public final class TopicTree<T> {

    private static final class Node<T> {
        private final Map<String, Node<T>> children = new HashMap<>();
        private final List<T> here = new ArrayList<>();
        private final List<T> hash = new ArrayList<>();
        private @Nullable Node<T> plus;

        private Node<T> child(final String level) {
            if (level.equals("+")) {
                plus = plus == null ? new Node<>() : plus;
                return plus;
            }
            return children.computeIfAbsent(level, ignored -> new Node<>());
        }
    }

    /** Topics without a wildcard, found in one look-up. */
    private final Map<String, List<T>> literals = new HashMap<>();

    private final Node<T> root = new Node<>();
    private boolean wildcards;

    private TopicTree() {}

    /**
     * Builds a tree.
     *
     * @param targets what the filters lead to, each with its filters
     */
    public static <T> TopicTree<T> build(final Map<T, List<TopicFilter>> targets) {
        final TopicTree<T> tree = new TopicTree<>();
        targets.forEach((target, filters) -> filters.forEach(filter -> tree.add(filter, target)));
        return tree;
    }

    private void add(final TopicFilter filter, final T target) {
        if (filter.isLiteral()) {
            literals.computeIfAbsent(filter.toString(), ignored -> new ArrayList<>())
                    .add(target);
            return;
        }
        wildcards = true;
        Node<T> node = root;
        for (final String level : filter.levels()) {
            if (level.equals("#")) {
                node.hash.add(target);
                return;
            }
            node = node.child(level);
        }
        node.here.add(target);
    }

    /** What the filters that match the topic lead to, each once. */
    public List<T> match(final String topic) {
        final List<T> literal = literals.getOrDefault(topic, List.of());
        if (!wildcards) {
            return distinct(literal);
        }
        final List<T> found = new ArrayList<>(literal);
        if (topic.startsWith("$")) {
            final int slash = topic.indexOf('/');
            final Node<T> node = root.children.get(slash < 0 ? topic : topic.substring(0, slash));
            if (node != null) {
                collect(node, topic, slash < 0 ? topic.length() + 1 : slash + 1, found);
            }
        } else {
            collect(root, topic, 0, found);
        }
        return distinct(found);
    }

    /** Collects from the node on, whose next level starts at that index; an index past the end: no level is left. */
    private void collect(final Node<T> node, final String topic, final int start, final List<T> found) {
        found.addAll(node.hash);
        if (start > topic.length()) {
            found.addAll(node.here);
            return;
        }
        final int slash = topic.indexOf('/', start);
        final int end = slash < 0 ? topic.length() : slash;
        final Node<T> child = node.children.get(topic.substring(start, end));
        if (child != null) {
            collect(child, topic, end + 1, found);
        }
        if (node.plus != null) {
            collect(node.plus, topic, end + 1, found);
        }
    }

    private List<T> distinct(final List<T> found) {
        if (found.size() < 2) {
            return found;
        }
        final Set<T> seen = new LinkedHashSet<>(found);
        return seen.size() == found.size() ? found : List.copyOf(seen);
    }
}
