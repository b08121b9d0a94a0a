package io.kafkabridge.extension.intake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import com.hivemq.extension.sdk.api.services.session.SessionInformation;

import io.kafkabridge.extension.record.Publish;

/**
 * Sends last wills to Kafka when HiveMQ CE publishes them. CE shows wills to no interceptor, so this follows its rules ({@code
 * PendingWillMessages} and {@code ClientSessionPersistenceImpl} of CE 2025.5): a will with a delay waits until the delay or
 * the session ends, is cancelled when its client comes back, and sent at once when it comes back with a clean start.
 *
 * <p>Thread-safe. What happens to one client comes in order; a will's lock keeps it apart from the timer.
 */
final class Wills {

    private static final long POLL_MILLIS = 100;
    private static final long POLL_LIMIT_MILLIS = 10_000;

    private final Consumer<Publish> sender;
    private final ScheduledExecutorService timer;
    private final Function<String, CompletableFuture<Optional<SessionInformation>>> sessions;

    /** Those that ask for a delay, by client id: while their connection lives, and while they wait. */
    private final Map<String, Will> delayed = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param sender sends to Kafka, without blocking
     * @param timer waits for the delays
     * @param sessions HiveMQ's session of a client id
     */
    Wills(
            final Consumer<Publish> sender,
            final ScheduledExecutorService timer,
            final Function<String, CompletableFuture<Optional<SessionInformation>>> sessions) {
        this.sender = sender;
        this.timer = timer;
        this.sessions = sessions;
    }

    /** HiveMQ has accepted a connection with this will. */
    void add(final Will will) {
        if (will.asksForDelay()) {
            delayed.put(will.clientId(), will);
            // HiveMQ's configuration may limit what the CONNECT asked for.
            timer.execute(() -> session(will)
                    .thenAccept(session ->
                            session.ifPresent(found -> will.sessionExpires(found.getSessionExpiryInterval()))));
        }
    }

    /** The connection ended in a way that its will isn't for. */
    void discard(final Will will) {
        settle(will, false);
    }

    /** The connection ended in a way that its will is for. */
    void connectionEnded(final Will will) {
        if (!will.asksForDelay()) {
            sender.accept(will.publish());
            return;
        }
        final ConnectionLife successor = will.successor();
        if (will.dueAfter() == 0) {
            settle(will, true);
        } else if (successor != null) {
            settle(will, successor.isCleanStart());
        } else {
            final long end = System.nanoTime();
            schedule(will, () -> awaitEndOfSession(will, end), POLL_MILLIS);
        }
    }

    /** Waits until HiveMQ has put down the connection's end, and with it how long the session lives on; then for that. */
    private void awaitEndOfSession(final Will will, final long end) {
        session(will).handle((session, error) -> {
            final boolean connected = error == null
                    && session.map(SessionInformation::isConnected).orElse(false);
            if (error == null && !connected) {
                will.sessionExpires(session.map(SessionInformation::getSessionExpiryInterval)
                        .orElse(0L));
            }
            final long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end);
            final long due = TimeUnit.SECONDS.toMillis(will.dueAfter());
            if (connected && elapsed < Math.min(due, POLL_LIMIT_MILLIS)) {
                schedule(will, () -> awaitEndOfSession(will, end), POLL_MILLIS);
            } else {
                schedule(will, () -> settle(will, true), due - elapsed);
            }
            return null;
        });
    }

    private void schedule(final Will will, final Runnable next, final long millis) {
        synchronized (will) {
            if (!will.isSettled()) {
                will.waitFor(timer.schedule(next, millis, TimeUnit.MILLISECONDS));
            }
        }
    }

    private CompletableFuture<Optional<SessionInformation>> session(final Will will) {
        return CompletableFuture.completedFuture(will.clientId()).thenCompose(sessions);
    }

    /** HiveMQ gives a client's session to another connection: in a moment at the latest, when an earlier one has to end first. */
    void clientIsBack(final String clientId, final ConnectionLife connection) {
        final Will will = delayed.get(clientId);
        if (will == null) {
            return;
        }
        if (will.isWaiting()) {
            settle(will, connection.isCleanStart());
        } else {
            will.setSuccessor(connection);
        }
    }

    /** Ends a will, once. */
    private void settle(final Will will, final boolean publish) {
        delayed.remove(will.clientId(), will);
        final boolean first;
        synchronized (will) {
            first = !will.isSettled();
            will.settle();
        }
        if (first && publish) {
            sender.accept(will.publish());
        }
    }
}
