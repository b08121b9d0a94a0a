package io.kafkabridge.common;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An MQTT topic filter (MQTT 5.0, section 4.7), split into its levels.
 *
 * @param levels the filter's levels; {@code +} and {@code #} are wildcards
 */
public record TopicFilter(List<String> levels) {

    /** Matches every topic but those that begin with a dollar sign. */
    public static final TopicFilter ALL = new TopicFilter(List.of("#"));

    private static final String MANY = "#";
    private static final String ONE = "+";
    private static final String SHARE = "$share/";
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
        if (filter.startsWith(SHARE)) {
            throw new IllegalArgumentException(
                    "a shared subscription isn't a topic filter; leave out \"$share/<name>/\"");
        }
        final List<String> levels = split(filter);
        for (int i = 0; i < levels.size(); i++) {
            checkLevel(levels.get(i), i == levels.size() - 1);
        }
        return new TopicFilter(levels);
    }

    private static void checkLevel(final String level, final boolean last) {
        if (level.length() > 1 && (level.contains(MANY) || level.contains(ONE))) {
            throw new IllegalArgumentException("a wildcard, + or #, stands alone between slashes");
        }
        if (level.equals(MANY) && !last) {
            throw new IllegalArgumentException("# stands only at the end of a topic filter");
        }
    }

    /**
     * The filter of a subscription, without the {@code $share/<name>/} of a shared one.
     *
     * @param text as a client sent it and the broker checked it
     */
    public static TopicFilter ofSubscription(final String text) {
        if (text.startsWith(SHARE)) {
            final int name = text.indexOf('/', SHARE.length());
            if (name >= 0) {
                return new TopicFilter(split(text.substring(name + 1)));
            }
        }
        return new TopicFilter(split(text));
    }

    private static List<String> split(final String text) {
        return List.of(text.split("/", -1));
    }

    /** Whether the filter names exactly one topic. */
    public boolean isLiteral() {
        return !levels.contains(ONE) && !levels.contains(MANY);
    }

    /** Whether a topic that it matches may have any number of levels more. */
    public boolean isOpen() {
        return levels.get(levels.size() - 1).equals(MANY);
    }

    /** How many levels a topic has at least that it matches; {@code a/#} matches {@code a}, too. */
    public int minLevels() {
        return isOpen() ? Math.max(1, levels.size() - 1) : levels.size();
    }

    /** Whether every topic of the other filter is a topic of this one. */
    public boolean covers(final TopicFilter other) {
        if (onlyOneNamesDollar(other)) {
            return false;
        }
        final List<String> others = other.levels;
        for (int i = 0; i < levels.size(); i++) {
            final String level = levels.get(i);
            if (level.equals(MANY)) {
                return true;
            }
            if (i == others.size()) {
                return false;
            }
            final boolean covered = level.equals(ONE) ? !others.get(i).equals(MANY) : level.equals(others.get(i));
            if (!covered) {
                return false;
            }
        }
        return levels.size() == others.size();
    }

    /** Whether some topic belongs to both filters. */
    public boolean overlaps(final TopicFilter other) {
        if (onlyOneNamesDollar(other)) {
            return false;
        }
        final List<String> others = other.levels;
        for (int i = 0; i < Math.max(levels.size(), others.size()); i++) {
            final String left = i < levels.size() ? levels.get(i) : "";
            final String right = i < others.size() ? others.get(i) : "";
            if (left.equals(MANY) || right.equals(MANY)) {
                return true;
            }
            if (i == levels.size() || i == others.size()) {
                return false;
            }
            if (!left.equals(ONE) && !right.equals(ONE) && !left.equals(right)) {
                return false;
            }
        }
        return true;
    }

    /** A wildcard at the first level doesn't stand for names that begin with a dollar sign (section 4.7.2). */
    private boolean onlyOneNamesDollar(final TopicFilter other) {
        return levels.get(0).startsWith("$") != other.levels.get(0).startsWith("$");
    }

    @Override
    public String toString() {
        return String.join("/", levels);
    }
}
