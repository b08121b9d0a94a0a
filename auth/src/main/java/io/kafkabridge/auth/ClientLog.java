package io.kafkabridge.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.LimitedLog;

/**
 * Tells the operator about clients in trouble: the first of a kind at once, then once a minute how many more there were. Names
 * come from clients that nobody knows: control characters are replaced and long names cut. Thread safe.
 */
final class ClientLog {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLog.class);
    private static final int LONGEST_NAME = 64;

    private record Client(String id, String user, String detail) {}

    private final Map<String, LimitedLog<Client>> kinds = new ConcurrentHashMap<>();

    /**
     * Tells about one client.
     *
     * @param user the user name that the client gave; empty if none
     * @param trouble what happened to it, the same words for the same kind: there are few kinds
     */
    void warn(final String clientId, final String user, final String trouble) {
        warn(clientId, user, trouble, "");
    }

    /**
     * Tells about one client.
     *
     * @param user the user name that the client gave; empty if none
     * @param trouble what happened to it, the same words for the same kind: there are few kinds
     * @param detail what is special about this client; empty if nothing
     */
    void warn(final String clientId, final String user, final String trouble, final String detail) {
        kinds.computeIfAbsent(trouble, kind -> new LimitedLog<>((count, client) -> tell(kind, count, client)))
                .add(new Client(clientId, user, detail));
    }

    private static void tell(final String trouble, final long count, final Client client) {
        final String detail = client.detail().isEmpty() ? "" : " (" + shown(client.detail()) + ")";
        if (count == 1) {
            LOG.warn("Client '{}', user '{}': {}{}.", shown(client.id()), shown(client.user()), trouble, detail);
        } else {
            LOG.warn(
                    "{} more like this since the last line, the latest client '{}', user '{}': {}{}.",
                    count,
                    shown(client.id()),
                    shown(client.user()),
                    trouble,
                    detail);
        }
    }

    /** Tells what was swallowed and is due, of each kind. */
    void tick() {
        kinds.values().forEach(LimitedLog::tick);
    }

    /** Tells all that was swallowed: at the stop. */
    void flush() {
        kinds.values().forEach(LimitedLog::flush);
    }

    private static String shown(final String name) {
        final String printable = name.codePoints()
                .limit(LONGEST_NAME)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return printable.length() < name.length() ? printable + "..." : printable;
    }
}
