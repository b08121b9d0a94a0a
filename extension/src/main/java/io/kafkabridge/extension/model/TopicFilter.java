package io.kafkabridge.extension.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An MQTT topic filter (MQTT 5.0, section 4.7), split into its levels.
 *
 * @param levels the filter's levels; {@code +} and {@code #} are wildcards
 */
public record TopicFilter(List<String> levels) {

    private static final int MAX_BYTES = 65_535;

    public TopicFilter {
        levels = List.copyOf(levels);
    }

    /**
     * Parses a topic filter.
     *
     * @throws IllegalArgumentException when it isn't one; the message is the rule it breaks
     */
    public static TopicFilter parse(final String filter) {
        if (filter.isEmpty()) {
            throw new IllegalArgumentException("a topic filter has at least one character");
        }
        if (filter.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a topic filter has no NUL character");
        }
        if (filter.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("a topic filter has at most " + MAX_BYTES + " bytes");
        }
        if (filter.startsWith("$share/")) {
            throw new IllegalArgumentException(
                    "a shared subscription isn't a topic filter; leave out \"$share/<name>/\"");
        }
        final List<String> levels = List.of(filter.split("/", -1));
        for (int i = 0; i < levels.size(); i++) {
            checkLevel(levels.get(i), i == levels.size() - 1);
        }
        return new TopicFilter(levels);
    }

    private static void checkLevel(final String level, final boolean last) {
        if (level.length() > 1 && (level.indexOf('#') >= 0 || level.indexOf('+') >= 0)) {
            throw new IllegalArgumentException("a wildcard, + or #, stands alone between slashes");
        }
        if (level.equals("#") && !last) {
            throw new IllegalArgumentException("# stands only at the end of a topic filter");
        }
    }

    /** Whether the filter names exactly one topic. */
    public boolean isLiteral() {
        return !levels.contains("+") && !levels.contains("#");
    }

    /** Whether a topic that it matches may have any number of levels more. */
    boolean isOpen() {
        return levels.get(levels.size() - 1).equals("#");
    }

    /** How many levels a topic has at least that it matches; {@code a/#} matches {@code a}, too. */
    int minLevels() {
        return isOpen() ? Math.max(1, levels.size() - 1) : levels.size();
    }

    @Override
    public String toString() {
        return String.join("/", levels);
    }
}
