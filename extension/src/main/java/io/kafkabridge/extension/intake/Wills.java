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
 * <p>Thread-safe. A will is guarded by itself.
 */
final class Wills {

    /** After a connection's end, until HiveMQ has put down how long the session lives on: a DISCONNECT may change that. */
    private static final long SESSION_SETTLED_MILLIS = 100;

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
        synchronized (will) {
            final ConnectionLife successor = will.successor();
            if (will.dueAfter() == 0) {
                settle(will, true);
            } else if (successor != null) {
                settle(will, successor.isCleanStart());
            } else {
                will.waitFor(timer.schedule(() -> sessionSettled(will), SESSION_SETTLED_MILLIS, TimeUnit.MILLISECONDS));
            }
        }
    }

    private void sessionSettled(final Will will) {
        session(will).handle((session, error) -> {
            synchronized (will) {
                // One that is connected is that of the client's next connection.
                if (error == null && session.map(found -> !found.isConnected()).orElse(true)) {
                    will.sessionExpires(session.map(SessionInformation::getSessionExpiryInterval)
                            .orElse(0L));
                }
                if (delayed.get(will.clientId()) == will) {
                    final long millis = TimeUnit.SECONDS.toMillis(will.dueAfter()) - SESSION_SETTLED_MILLIS;
                    will.waitFor(timer.schedule(() -> settle(will, true), millis, TimeUnit.MILLISECONDS));
                }
            }
            return null;
        });
    }

    private CompletableFuture<Optional<SessionInformation>> session(final Will will) {
        return CompletableFuture.completedFuture(will.clientId()).thenCompose(sessions);
    }

    /** HiveMQ gives a client's session to another connection: in a moment at the latest, when an earlier one has to end first. */
    void clientIsBack(final String clientId, final ConnectionLife connection) {
        final Will will = delayed.get(clientId);
        if (will != null) {
            synchronized (will) {
                if (will.isWaiting()) {
                    settle(will, connection.isCleanStart());
                } else {
                    will.setSuccessor(connection);
                }
            }
        }
    }

    /** Ends a will, once. */
    private void settle(final Will will, final boolean publish) {
        synchronized (will) {
            will.stopWaiting();
        }
        if (delayed.remove(will.clientId(), will) && publish) {
            sender.accept(will.publish());
        }
    }
}
