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

    /** Adds a filter, one node for each of its levels; how many of them are new. */
    int add(final List<String> levels, final int entry) {
        Node node = this;
        int added = 0;
        for (final String level : levels) {
            if (level.equals("#")) {
                node.rest.add(entry);
                return added;
            }
            Node next = level.equals("+") ? node.plus : node.children.get(level);
            if (next == null) {
                next = node.append(level);
                added++;
            }
            node = next;
        }
        node.here.add(entry);
        return added;
    }

    private Node append(final String level) {
        final Node node = new Node();
        if (level.equals("+")) {
            plus = node;
        } else {
            children.put(level, node);
        }
        return node;
    }
}
