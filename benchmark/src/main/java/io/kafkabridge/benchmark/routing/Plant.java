package io.kafkabridge.benchmark.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.routing.Filters;

/**
 * Filters of factories, ten for each: five topics without a wildcard, four with {@code +} at the start, in the middle and
 * at the end, one with {@code #}. More filters are more factories, so a topic leads to as many of them as before, and what
 * differs is only how many there are to choose from.
 *
 * @param depth levels of a topic: 3 or 6
 * @param number which factory
 */
record Plant(int depth, int number) {

    /** Filters of a factory. */
    static final int FILTERS = 10;

    private static final List<String> REGIONS = List.of("eu", "us", "asia");
    private static final List<String> MEASURES = List.of("temperature", "pressure", "rpm", "state", "debug");

    /** The filters of as many factories, each filter with a target of its own. */
    static Map<Integer, Filters> targets(int filters, int depth, boolean excepts) {
        Map<Integer, Filters> targets = new LinkedHashMap<>();
        for (int i = 0; i < filters; i++) {
            Plant plant = new Plant(depth, i / FILTERS);
            boolean all = i % FILTERS == FILTERS - 1;
            targets.put(
                    i,
                    new Filters(
                            List.of(TopicFilter.parse(plant.filter(i))),
                            excepts && all ? plant.excepts(i) : List.of()));
        }
        return targets;
    }

    /** Topics of factories chosen at random, half of them with a level that no filter has. */
    static List<String> topics(int count, int filters, int depth) {
        Random random = new Random(1);
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Plant plant = new Plant(depth, random.nextInt(filters / FILTERS));
            int device = plant.number * FILTERS + random.nextInt(FILTERS);
            List<String> levels = plant.levels(device, MEASURES.get(random.nextInt(MEASURES.size())));
            if (random.nextBoolean()) {
                levels.set(random.nextInt(depth), name("unknown", random.nextInt(filters)));
            }
            topics.add(String.join("/", levels));
        }
        return topics;
    }

    private List<String> levels(int device, String measure) {
        List<String> levels = depth == 3
                ? List.of(name("plant", number), name("device", device), measure)
                : List.of(
                        REGIONS.get(number % REGIONS.size()),
                        name("plant", number),
                        "line" + device % 3,
                        "cell" + device % 7,
                        name("device", device),
                        measure);
        return new ArrayList<>(levels);
    }

    /** As long as every other: a longer text would take longer, however many there are. */
    private static String name(String kind, int number) {
        return "%s%05d".formatted(kind, number);
    }

    private String filter(int device) {
        List<String> levels = levels(device, MEASURES.get(device % MEASURES.size()));
        switch (device % FILTERS) {
            case 5 -> levels.set(0, "+");
            case 6 -> levels.set(depth - 1, "+");
            case 7 -> levels.set(depth - 2, "+");
            case 8 -> {
                levels.set(depth / 2, "+");
                levels.set(depth - 1, "+");
            }
            case 9 -> levels.subList(depth / 2, depth).replaceAll(ignored -> "#");
            default -> {}
        }
        int hash = levels.indexOf("#");
        return String.join("/", hash < 0 ? levels : levels.subList(0, hash + 1));
    }

    /** What is left out of all that comes from a factory: one device, and one kind of message from each device. */
    private List<TopicFilter> excepts(int device) {
        List<String> oneDevice = levels(device - 1, "#");
        List<String> oneMeasure = levels(device, "debug");
        oneMeasure.set(depth - 2, "+");
        return List.of(TopicFilter.parse(String.join("/", oneDevice)), TopicFilter.parse(String.join("/", oneMeasure)));
    }
}
