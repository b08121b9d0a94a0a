package io.kafkabridge.extension.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.kafkabridge.extension.routing.NodeTable.CHILDREN;
import static io.kafkabridge.extension.routing.NodeTable.ENTRIES;
import static io.kafkabridge.extension.routing.NodeTable.HASH;
import static io.kafkabridge.extension.routing.NodeTable.NONE;
import static io.kafkabridge.extension.routing.NodeTable.PLUS;
import static io.kafkabridge.extension.routing.NodeTable.RECORD;
import static io.kafkabridge.extension.routing.NodeTable.SHAPE;
import static io.kafkabridge.extension.routing.NodeTable.TEXT;

/** Lays the nodes of a tree out in a {@link NodeTable}. */
final class NodeTableBuilder {

    private record Placed(Node node, int record) {}

    private static final int FEW = 4;

    /** Nodes that have a record, but not yet what is below them. A stack, so that it comes right behind them. */
    private final Deque<Placed> open = new ArrayDeque<>();

    private int[] records = new int[16 * RECORD];
    private int used;
    private final StringBuilder texts = new StringBuilder();
    private final Map<String, Integer> offsets = new HashMap<>();
    private final List<Integer> lists = new ArrayList<>(List.of(0));

    private NodeTableBuilder() {}

    /** Makes a table of a node and all below it. */
    static NodeTable build(final Node root) {
        final NodeTableBuilder builder = new NodeTableBuilder();
        builder.open(root, builder.reserve(1));
        while (!builder.open.isEmpty()) {
            builder.addBelow(builder.open.pop());
        }
        return new NodeTable(
                Arrays.copyOf(builder.records, builder.used),
                builder.texts.toString(),
                builder.lists.stream().mapToInt(Integer::intValue).toArray());
    }

    private void open(final Node node, final int record) {
        records[record + ENTRIES] = lists(node);
        open.push(new Placed(node, record));
    }

    private void addBelow(final Placed placed) {
        final Node node = placed.node;
        if (node.plus != null) {
            records[placed.record + SHAPE] = PLUS;
            open(node.plus, reserve(1));
        }
        records[placed.record + CHILDREN] = used;
        if (!node.children.isEmpty()) {
            final int size = size(node.children.size());
            final int children = reserve(size);
            records[placed.record + SHAPE] += size;
            node.children.forEach((text, child) -> addChild(children, size, text, child));
        }
    }

    /** A power of two; few children may fill it, since looking at all of them is quick. */
    private static int size(final int children) {
        int size = 1;
        while (size < (children > FEW ? 2 * children : children)) {
            size *= 2;
        }
        return size;
    }

    private void addChild(final int children, final int size, final String text, final Node child) {
        final int hash = NodeTable.hash(text, 0, text.length());
        int place = hash & size - 1;
        while (records[children + place * RECORD + TEXT] != NONE) {
            place = place + 1 & size - 1;
        }
        final int record = children + place * RECORD;
        records[record + HASH] = hash;
        records[record + TEXT] = offsets.computeIfAbsent(text, ignored -> {
            texts.append((char) text.length()).append(text);
            return texts.length() - text.length() - 1;
        });
        open(child, record);
    }

    /** Room for records, behind all that there are. */
    private int reserve(final int count) {
        final int first = used;
        used += count * RECORD;
        if (used > records.length) {
            records = Arrays.copyOf(records, 2 * used);
        }
        for (int record = first; record < used; record += RECORD) {
            records[record + TEXT] = NONE;
        }
        return first;
    }

    private int lists(final Node node) {
        if (node.here.isEmpty() && node.rest.isEmpty()) {
            return 0;
        }
        final int start = lists.size();
        lists.add(node.rest.size());
        lists.addAll(node.rest);
        lists.add(node.here.size());
        lists.addAll(node.here);
        return start;
    }
}
