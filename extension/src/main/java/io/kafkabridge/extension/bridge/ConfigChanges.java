package io.kafkabridge.extension.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Mapping;

/**
 * What differs between two configurations, in words.
 *
 * @param words a sentence for each kind of change
 */
record ConfigChanges(List<String> words) {

    ConfigChanges {
        words = List.copyOf(words);
    }

    static ConfigChanges between(final BridgeConfig before, final BridgeConfig after) {
        final List<String> words = new ArrayList<>();
        compare("cluster", before.clusters(), after.clusters(), KafkaCluster::id, words);
        compare("mapping", before.mappings(), after.mappings(), Mapping::id, words);
        if (!before.monitoring().equals(after.monitoring())) {
            words.add("Changed <monitoring>.");
        }
        return new ConfigChanges(words);
    }

    private static <T> void compare(
            final String what,
            final List<T> before,
            final List<T> after,
            final Function<T, String> id,
            final List<String> words) {
        final Map<String, T> old = new LinkedHashMap<>();
        before.forEach(each -> old.put(id.apply(each), each));
        final List<String> added = new ArrayList<>();
        final List<String> changed = new ArrayList<>();
        for (final T each : after) {
            final T same = old.remove(id.apply(each));
            if (same == null) {
                added.add(id.apply(each));
            } else if (!same.equals(each)) {
                changed.add(id.apply(each));
            }
        }
        say("New " + what, added, words);
        say("Changed " + what, changed, words);
        say("Removed " + what, List.copyOf(old.keySet()), words);
    }

    private static void say(final String what, final List<String> ids, final List<String> words) {
        if (!ids.isEmpty()) {
            words.add(what + (ids.size() == 1 ? ": " : "s: ") + String.join(", ", ids) + ".");
        }
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
