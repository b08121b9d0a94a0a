package io.kafkabridge.auth.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.kafkabridge.common.TopicFilter;

/**
 * A {@code pattern} line: for every client, with {@code %u} for its user name and {@code %c} for its client id. Both
 * stand for a whole level.
 *
 * @param access what it says
 * @param pattern a topic filter with placeholders
 */
record PatternRule(Access access, TopicFilter pattern) {

    private static final List<String> PLACEHOLDERS = List.of("%u", "%c");

    /** What is wrong with a pattern beyond what can be wrong with a filter; empty when nothing is. */
    static Optional<String> mistake(TopicFilter pattern) {
        for (String level : pattern.levels()) {
            for (String placeholder : PLACEHOLDERS) {
                if (level.contains(placeholder) && !level.equals(placeholder)) {
                    return Optional.of("'" + placeholder + "' must be a whole level");
                }
            }
        }
        return Optional.empty();
    }

    static boolean hasPlaceholder(TopicFilter filter) {
        return PLACEHOLDERS.stream().anyMatch(filter.toString()::contains);
    }

    /** The rule for one client; empty when its name would change what the pattern means. */
    Optional<Rule> forClient(String user, String clientId) {
        List<String> levels = pattern.levels();
        List<String> filter = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            String name = named(level, user, clientId);
            if (PLACEHOLDERS.contains(level) && !isPlain(name, i)) {
                return Optional.empty();
            }
            filter.add(name);
        }
        return Optional.of(new Rule(access, new TopicFilter(filter)));
    }

    private static String named(String level, String user, String clientId) {
        return switch (level) {
            case "%u" -> user;
            case "%c" -> clientId;
            default -> level;
        };
    }

    /** Whether a name is one level of a topic and nothing else: no wildcard, no further level, no {@code $}-topic. */
    private static boolean isPlain(String name, int level) {
        boolean special = name.contains("+") || name.contains("#") || name.contains("/") || name.contains("\0");
        return !name.isEmpty() && !special && !(level == 0 && name.startsWith("$"));
    }
}
