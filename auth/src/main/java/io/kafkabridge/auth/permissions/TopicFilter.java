package io.kafkabridge.auth.permissions;

import java.util.List;
import java.util.Optional;

/**
 * An MQTT topic filter (MQTT 5, section 4.7), of a permission or a subscription.
 *
 * @param text the filter as written, without a {@code $share} prefix
 */
public record TopicFilter(String text) {

    private static final String MANY = "#";
    private static final String ONE = "+";
    private static final String SHARE = "$share/";
    private static final int MAX_LENGTH = 65_535;

    /** What is wrong with a filter as permission; empty when it can be one. */
    static Optional<String> mistake(String text) {
        List<String> levels = levels(text);
        if (text.length() > MAX_LENGTH || text.indexOf('\0') >= 0) {
            return Optional.of("a topic filter has at most " + MAX_LENGTH + " characters and no NUL");
        }
        if (text.startsWith(SHARE)) {
            return Optional.of("leave out '$share/<group>/': the filter counts for shared subscriptions too");
        }
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.contains(MANY) && (level.length() > 1 || i < levels.size() - 1)) {
                return Optional.of("'#' must be the whole last level");
            }
            if (level.contains(ONE) && level.length() > 1) {
                return Optional.of("'+' must be a whole level");
            }
        }
        if (text.endsWith("/")) {
            return Optional.of("HiveMQ overlooks a '/' at the end of a permission and would allow other topics;"
                    + " leave it out, or write '/#'");
        }
        return Optional.empty();
    }

    /** The filter of a subscription, without the {@code $share/<group>/} of a shared one. */
    static TopicFilter ofSubscription(String text) {
        if (text.startsWith(SHARE)) {
            int group = text.indexOf('/', SHARE.length());
            if (group >= 0) {
                return new TopicFilter(text.substring(group + 1));
            }
        }
        return new TopicFilter(text);
    }

    static List<String> levels(String text) {
        return List.of(text.split("/", -1));
    }

    /** Whether every topic of the other filter is a topic of this one. */
    boolean covers(TopicFilter other) {
        if (onlyOneNamesDollar(other)) {
            return false;
        }
        List<String> mine = levels(text);
        List<String> others = levels(other.text);
        for (int i = 0; i < mine.size(); i++) {
            String level = mine.get(i);
            if (level.equals(MANY)) {
                return true;
            }
            if (i == others.size()) {
                return false;
            }
            boolean covered = level.equals(ONE) ? !others.get(i).equals(MANY) : level.equals(others.get(i));
            if (!covered) {
                return false;
            }
        }
        return mine.size() == others.size();
    }

    /** Whether some topic belongs to both filters. */
    boolean overlaps(TopicFilter other) {
        if (onlyOneNamesDollar(other)) {
            return false;
        }
        List<String> mine = levels(text);
        List<String> others = levels(other.text);
        for (int i = 0; i < Math.max(mine.size(), others.size()); i++) {
            String left = i < mine.size() ? mine.get(i) : "";
            String right = i < others.size() ? others.get(i) : "";
            if (left.equals(MANY) || right.equals(MANY)) {
                return true;
            }
            if (i == mine.size() || i == others.size()) {
                return false;
            }
            if (!left.equals(ONE) && !right.equals(ONE) && !left.equals(right)) {
                return false;
            }
        }
        return true;
    }

    /** A wildcard at the first level doesn't stand for names that begin with a dollar sign (section 4.7.2). */
    private boolean onlyOneNamesDollar(TopicFilter other) {
        return text.startsWith("$") != other.text.startsWith("$");
    }

    @Override
    public String toString() {
        return text;
    }
}
