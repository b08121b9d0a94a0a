package io.kafkabridge.extension.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.kafkabridge.extension.routing.NodeTable.CHILDREN;
import static io.kafkabridge.extension.routing.NodeTable.HASH;
import static io.kafkabridge.extension.routing.NodeTable.HERE;
import static io.kafkabridge.extension.routing.NodeTable.LENGTH;
import static io.kafkabridge.extension.routing.NodeTable.NONE;
import static io.kafkabridge.extension.routing.NodeTable.PARENT;
import static io.kafkabridge.extension.routing.NodeTable.PLUS;
import static io.kafkabridge.extension.routing.NodeTable.RECORD;
import static io.kafkabridge.extension.routing.NodeTable.REST;
import static io.kafkabridge.extension.routing.NodeTable.TEXT;

/** Lays the nodes of a tree out in a {@link NodeTable}. */
final class NodeTableBuilder {

    private static final int NO_PARENT = -2;

    /** No text has this length. */
    private static final int NO_TEXT = -1;

    private final int[] records;
    private final StringBuilder texts = new StringBuilder();
    private final Map<String, Integer> offsets = new HashMap<>();
    private final List<Integer> lists = new ArrayList<>(List.of(0));

    /**
     * Makes a table without nodes.
     *
     * @param nodes how many there will be
     */
    NodeTableBuilder(final int nodes) {
        int capacity = 2;
        while (capacity < 2 * nodes) {
            capacity *= 2;
        }
        records = new int[capacity * RECORD];
        for (int record = 0; record < records.length; record += RECORD) {
            records[record + PARENT] = NONE;
        }
    }

    NodeTable build() {
        return new NodeTable(
                records,
                texts.toString(),
                lists.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Adds a node and all below it; where it is. */
    int add(final Node top) {
        final int record = add(NO_PARENT, 0, top);
        // No recursion: a topic filter may have tens of thousands of levels.
        final List<Node> nodes = new ArrayList<>(List.of(top));
        final List<Integer> places = new ArrayList<>(List.of(record));
        for (int i = 0; i < nodes.size(); i++) {
            final Node node = nodes.get(i);
            final int parent = places.get(i);
            if (node.plus != null) {
                records[parent + PLUS] = add(parent, 0, node.plus);
                nodes.add(node.plus);
                places.add(records[parent + PLUS]);
            }
            node.children.forEach((text, child) -> {
                nodes.add(child);
                places.add(addChild(parent, text, child));
            });
        }
        return record;
    }

    private int addChild(final int parent, final String text, final Node child) {
        final int record = add(parent, NodeTable.hash(text, 0, text.length()), child);
        records[parent + CHILDREN]++;
        records[record + LENGTH] = text.length();
        records[record + TEXT] = offsets.computeIfAbsent(text, ignored -> {
            texts.append(text);
            return texts.length() - text.length();
        });
        return record;
    }

    private int add(final int parent, final int hash, final Node node) {
        int record = NodeTable.home(parent, hash, records.length);
        while (records[record + PARENT] != NONE) {
            record = record + RECORD & records.length - 1;
        }
        records[record + PARENT] = parent;
        records[record + HASH] = hash;
        records[record + LENGTH] = NO_TEXT;
        records[record + PLUS] = NONE;
        records[record + HERE] = list(node.here);
        records[record + REST] = list(node.rest);
        return record;
    }

    private int list(final List<Integer> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        lists.add(entries.size());
        lists.addAll(entries);
        return lists.size() - entries.size() - 1;
    }
}
