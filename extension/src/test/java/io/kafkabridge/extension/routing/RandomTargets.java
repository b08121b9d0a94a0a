package io.kafkabridge.extension.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kafkabridge.common.TopicFilter;

/** Filters and topics of few different levels, so that many of them match, and a matcher that is too simple to be wrong. */
final class RandomTargets {

    private static final List<String> LEVELS = List.of("a", "b", "Aa", "BB", "", "$x", "temperature", "温度");

    private final Random random;

    RandomTargets(final long seed) {
        random = new Random(seed);
    }

    /** Targets, the numbers from 0, some of them without filters or without excepts. */
    Map<Integer, Filters> targets(final int count) {
        final Map<Integer, Filters> targets = new LinkedHashMap<>();
        IntStream.range(0, count)
                .forEach(target ->
                        targets.put(target, new Filters(filters(random.nextInt(4)), filters(random.nextInt(3)))));
        return targets;
    }

    String topic() {
        return String.join("/", levels());
    }

    private List<TopicFilter> filters(final int count) {
        return Stream.generate(this::filter).limit(count).toList();
    }

    private TopicFilter filter() {
        final Stream<String> levels = levels().stream().map(level -> random.nextInt(3) == 0 ? "+" : level);
        final String filter = String.join("/", levels.toList());
        return TopicFilter.parse(
                switch (random.nextInt(4)) {
                    case 0 -> filter + "/#";
                    case 1 -> filter.isEmpty() ? "#" : filter;
                    default -> filter.isEmpty() ? "a" : filter;
                });
    }

    private List<String> levels() {
        return Stream.generate(() -> LEVELS.get(random.nextInt(LEVELS.size())))
                .limit(1 + random.nextInt(4))
                .toList();
    }

    /** What a topic leads to: every filter is tried. */
    static List<Integer> expected(final Map<Integer, Filters> targets, final String topic) {
        return targets.entrySet().stream()
                .filter(target -> anyMatches(target.getValue().topicFilters(), topic))
                .filter(target -> !anyMatches(target.getValue().exceptFilters(), topic))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean anyMatches(final List<TopicFilter> filters, final String topic) {
        return filters.stream().anyMatch(filter -> matches(filter.levels(), topic));
    }

    private static boolean matches(final List<String> filter, final String topic) {
        if (topic.startsWith("$") && List.of("+", "#").contains(filter.get(0))) {
            return false;
        }
        return matches(filter, List.of(topic.split("/", -1)));
    }

    private static boolean matches(final List<String> filter, final List<String> topic) {
        if (filter.isEmpty()) {
            return topic.isEmpty();
        }
        if (filter.get(0).equals("#")) {
            return true;
        }
        return !topic.isEmpty()
                && (filter.get(0).equals("+") || filter.get(0).equals(topic.get(0)))
                && matches(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
    }
}
