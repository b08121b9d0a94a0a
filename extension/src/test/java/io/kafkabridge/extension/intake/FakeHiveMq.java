package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import org.jspecify.annotations.Nullable;

/**
 * What HiveMQ CE does around the intake, on the caller's thread, as its source says (2025.5): one queue per client id, which all
 * interceptors of its connections share and which a held packet stops; the PUBLISH of QoS 2 is remembered before its
 * interceptor runs, and a repeat is answered without one; an exception out of an interceptor lets the acknowledgement go.
 */
public final class FakeHiveMq implements Disconnector {

    /** What outlives a connection. */
    final class Session {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private final Set<Integer> qos2 = new HashSet<>();
        private boolean held;
        private boolean draining;

        /** Remembers a QoS 2 publish; whether it is none of those that are remembered already. */
        boolean remember(final int packetId) {
            return qos2.add(packetId);
        }

        void forget(final int packetId) {
            qos2.remove(packetId);
        }

        /** Runs a packet's interceptors after those of the packets before it. */
        void run(final Runnable task) {
            queue.add(task);
            drain();
        }

        void hold() {
            held = true;
        }

        void resume() {
            held = false;
            drain();
        }

        private void drain() {
            if (draining || stepwise) {
                return;
            }
            draining = true;
            while (canStep()) {
                step();
            }
            draining = false;
        }

        private boolean canStep() {
            return !held && !queue.isEmpty();
        }

        private void step() {
            queue.remove().run();
        }
    }

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, FakeClient> connected = new HashMap<>();
    private final List<Runnable> disconnects = new ArrayList<>();

    private boolean stepwise;

    /** Whether a connection that is to be closed stays open until {@link #closeConnections}. */
    boolean closesSlowly;

    /** What adding an interceptor throws. */
    @Nullable
    Error contextError;

    /** What {@link #disconnect} throws. */
    @Nullable
    RuntimeException disconnectError;

    /** An intake that forwards nothing yet, to this HiveMQ's clients, with that timer's clock. */
    public Intake intake(final FakeTimer timer, final PublishLimits limits, final Supplier<Duration> patience) {
        return new Intake(
                this,
                limits,
                patience,
                timer,
                clientId -> CompletableFuture.completedFuture(Optional.empty()),
                timer::nanoTime);
    }

    /** From now on nothing happens by itself: neither interceptors run nor connections close before a {@link #step}. */
    public void stepwise() {
        stepwise = true;
        closesSlowly = true;
    }

    /** How many things could happen next. */
    public int steps() {
        return runnable().size() + disconnects.size();
    }

    /** Has one of them happen, from 0. */
    public void step(final int which) {
        final List<Session> sessionsThatCan = runnable();
        if (which < sessionsThatCan.size()) {
            sessionsThatCan.get(which).step();
        } else {
            disconnects.remove(which - sessionsThatCan.size()).run();
        }
    }

    private List<Session> runnable() {
        return sessions.values().stream().filter(Session::canStep).toList();
    }

    /** Lets a client in; an earlier connection of it ends. */
    public FakeClient connect(final String clientId, final boolean mqtt5, final ClientInitializer initializer) {
        final FakeClient before = connected.get(clientId);
        if (before != null) {
            before.close();
        }
        final FakeClient client =
                new FakeClient(clientId, mqtt5, sessions.computeIfAbsent(clientId, id -> new Session()), contextError);
        connected.put(clientId, client);
        client.initialize(initializer);
        return client;
    }

    @Override
    public CompletableFuture<Void> disconnect(final String clientId, final String reason) {
        if (disconnectError != null) {
            throw disconnectError;
        }
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        disconnects.add(() -> {
            final FakeClient client = connected.get(clientId);
            if (client != null) {
                client.close();
            }
            closed.complete(null);
        });
        if (!closesSlowly) {
            closeConnections();
        }
        return closed;
    }

    /** Closes the connections that are to be closed. */
    public void closeConnections() {
        final List<Runnable> all = List.copyOf(disconnects);
        disconnects.clear();
        all.forEach(Runnable::run);
    }
}
