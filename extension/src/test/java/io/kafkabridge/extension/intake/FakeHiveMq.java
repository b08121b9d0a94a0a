package io.kafkabridge.extension.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import org.jspecify.annotations.Nullable;

/**
 * What HiveMQ CE does around the intake, on the caller's thread, as its source says (2025.5): one queue per client id, which all
 * interceptors of its connections share and which a held packet stops; the PUBLISH of QoS 2 is remembered before its
 * interceptor runs, and a repeat is answered without one; an exception out of an interceptor lets the acknowledgement go.
 */
public final class FakeHiveMq implements Disconnector {

    /** What outlives a connection. */
    static final class Session {
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
            if (draining) {
                return;
            }
            draining = true;
            while (!held && !queue.isEmpty()) {
                queue.remove().run();
            }
            draining = false;
        }
    }

    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, FakeClient> connected = new HashMap<>();
    private final List<Runnable> disconnects = new ArrayList<>();

    /** Whether a connection that is to be closed stays open until {@link #closeConnections}. */
    boolean closesSlowly;

    /** What {@link #disconnect} throws. */
    @Nullable
    RuntimeException disconnectError;

    /** Lets a client in; an earlier connection of it ends. */
    public FakeClient connect(final String clientId, final boolean mqtt5, final ClientInitializer initializer) {
        final FakeClient before = connected.get(clientId);
        if (before != null) {
            before.close();
        }
        final FakeClient client =
                new FakeClient(clientId, mqtt5, sessions.computeIfAbsent(clientId, id -> new Session()));
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
