package io.kafkabridge.extension.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.TopicFilter;

/**
 * Which levels of an MQTT topic name a placeholder stands for: one, {@code [2]}, or several, {@code [1:3]}, counted from 0, or
 * from the end when negative; the end of several isn't part of them, and may be left out. (The slices of Python.)
 *
 * @param from the first level
 * @param to the level after the last one; {@link #OPEN} when there is none
 */
public record TopicLevels(int from, int to) {

    /** No end: all levels from the first one on. */
    public static final int OPEN = Integer.MAX_VALUE;

    private static final Pattern ONE = Pattern.compile("(-?\\d{1,3})");
    private static final Pattern SEVERAL = Pattern.compile("(-?\\d{1,3})?:(-?\\d{1,3})?");

    /** Parses what stands between the brackets. */
    static TopicLevels parse(final String text) {
        final Matcher one = ONE.matcher(text);
        if (one.matches()) {
            final int index = Integer.parseInt(one.group(1));
            return new TopicLevels(index, index == -1 ? OPEN : index + 1);
        }
        final Matcher several = SEVERAL.matcher(text);
        if (!several.matches() || text.equals(":")) {
            throw new IllegalArgumentException("{topic[" + text
                    + "]}: the levels of a topic are [0] for the first, [-1] for the last, [1:] or [1:3] for several");
        }
        return new TopicLevels(
                several.group(1) == null ? 0 : Integer.parseInt(several.group(1)),
                several.group(2) == null ? OPEN : Integer.parseInt(several.group(2)));
    }

    /**
     * What they are of a topic, with the slashes between them.
     *
     * @return null when the topic doesn't have them
     */
    public @Nullable String of(final String topic) {
        final int levels = from < 0 || to < 0 ? count(topic) : Integer.MAX_VALUE;
        final int first = first(levels);
        final int last = end(levels);
        if (first >= last) {
            return null;
        }
        int start = 0;
        for (int level = 0; level < first; level++) {
            start = topic.indexOf('/', start) + 1;
            if (start == 0) {
                return null;
            }
        }
        int end = start - 1;
        for (int level = first; level < last; level++) {
            end = topic.indexOf('/', end + 1);
            if (end < 0) {
                return topic.substring(start);
            }
        }
        return topic.substring(start, end);
    }

    private static int count(final String topic) {
        int levels = 1;
        for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', slash + 1)) {
            levels++;
        }
        return levels;
    }

    /** The first of them, from 0, in a topic of so many levels. */
    private int first(final int levels) {
        return from < 0 ? Math.max(0, from + levels) : from;
    }

    private int end(final int levels) {
        return to < 0 ? to + levels : to;
    }

    /** How many of them a topic has that has so many levels. */
    private int countIn(final int levels) {
        return Math.max(0, Math.min(end(levels), levels) - first(levels));
    }

    /** The fewest of them that a topic has which one of the filters matches. */
    public int fewest(final List<TopicFilter> filters) {
        return filters.stream().mapToInt(this::fewest).min().orElse(0);
    }

    private int fewest(final TopicFilter filter) {
        int fewest = countIn(filter.minLevels());
        if (filter.isOpen()) {
            // Counts from the start grow with the topic, those from its end don't: a few lengths show the least.
            final int more = Math.abs(from) + (to == OPEN ? 0 : Math.abs(to)) + 1;
            for (int levels = filter.minLevels(); levels <= filter.minLevels() + more; levels++) {
                fewest = Math.min(fewest, countIn(levels));
            }
        }
        return fewest;
    }

    @Override
    public String toString() {
        if (to == from + 1 || (from == -1 && to == OPEN)) {
            return "[" + from + "]";
        }
        return "[" + (from == 0 && to != OPEN ? "" : from) + ":" + (to == OPEN ? "" : to) + "]";
    }
}
