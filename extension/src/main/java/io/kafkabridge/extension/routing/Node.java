package io.kafkabridge.extension.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A place in the tree while it is being built; {@link NodeTable} is what is searched then. */
final class Node {

    /** What comes next, by a level's text. */
    final Map<String, Node> children = new LinkedHashMap<>();

    /** What comes next at a {@code +}. */
    @Nullable
    Node plus;

    /** Entries ({@link Matches#add}) of the filters that end here. */
    final List<Integer> here = new ArrayList<>();

    /** Entries of the filters that end here with a {@code #}. */
    final List<Integer> rest = new ArrayList<>();

    /** Adds a filter, a node for each of its levels. */
    void add(final List<String> levels, final int entry) {
        Node node = this;
        for (final String level : levels) {
            if (level.equals("#")) {
                node.rest.add(entry);
                return;
            }
            node = node.child(level);
        }
        node.here.add(entry);
    }

    private Node child(final String level) {
        if (level.equals("+")) {
            plus = plus == null ? new Node() : plus;
            return plus;
        }
        return children.computeIfAbsent(level, ignored -> new Node());
    }
}
