package io.kafkabridge.benchmark.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The figures as Markdown. */
final class RoutingTable {

    private static final String HEAD = "| levels | excepts | filters | ns/match | of %d filters | bytes/match |%n"
            + "|---:|---|---:|---:|---:|---:|%n";

    private RoutingTable() {}

    /** The best of each kind, and its ratio to the same kind with the fewest filters. */
    static String of(List<Routing> routings) {
        Map<String, TreeMap<Integer, Routing>> kinds = routings.stream()
                .collect(Collectors.groupingBy(
                        routing -> "| %d | %s |".formatted(routing.depth(), routing.excepts() ? "yes" : "no"),
                        TreeMap::new,
                        Collectors.toMap(Routing::filters, routing -> routing, best(), TreeMap::new)));
        StringBuilder table = new StringBuilder();
        kinds.forEach((kind, byFilters) -> {
            if (table.isEmpty()) {
                table.append(HEAD.formatted(byFilters.firstKey()));
            }
            double yardstick = byFilters.firstEntry().getValue().nanos();
            byFilters.forEach((filters, routing) -> table.append(kind)
                    .append(String.format(
                            Locale.ROOT,
                            " %,d | %.0f | %.2f | %.1f |%n",
                            filters,
                            routing.nanos(),
                            routing.nanos() / yardstick,
                            routing.bytes())));
        });
        return table.toString();
    }

    private static BinaryOperator<Routing> best() {
        return BinaryOperator.minBy(Comparator.comparing(Routing::nanos));
    }
}
