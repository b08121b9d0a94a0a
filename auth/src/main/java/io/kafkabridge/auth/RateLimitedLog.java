package io.kafkabridge.auth;

import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator about clients in trouble: the first of a kind at once, those of the next minute as a number. Names
 * come from clients that nobody knows: control characters are replaced and long names cut. Thread safe.
 */
final class RateLimitedLog {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitedLog.class);
    private static final int LONGEST_NAME = 64;

    private final Map<String, Integer> suppressed = new HashMap<>();

    /**
     * Tells about one client.
     *
     * @param user the user name that the client gave; empty if none
     * @param trouble what happened to it, the same words for the same kind
     */
    synchronized void warn(String clientId, String user, String trouble) {
        Integer before = suppressed.computeIfPresent(trouble, (same, count) -> count + 1);
        if (before == null) {
            suppressed.put(trouble, 0);
            LOG.warn("Client '{}', user '{}': {}.", shown(clientId), shown(user), trouble);
        }
    }

    /** Ends a minute: tells how many more there were in it. */
    synchronized void endMinute() {
        suppressed.forEach((trouble, count) -> {
            if (count > 0) {
                LOG.warn("{} more in the last minute: {}.", count, trouble);
            }
        });
        suppressed.clear();
    }

    private static String shown(String name) {
        String printable = name.codePoints()
                .limit(LONGEST_NAME)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return printable.length() < name.length() ? printable + "..." : printable;
    }
}
