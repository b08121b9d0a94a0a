package io.kafkabridge.extension.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Delivery;

/**
 * The QoS 2 publishes that aren't safe yet, by client and packet id. They outlive their connection: HiveMQ CE answers a
 * repeated QoS 2 PUBLISH by itself, without an interceptor, so its PUBREC must find the first one here. Thread-safe.
 */
public final class Qos2Publishes {

    private record Key(String clientId, int packetId) {}

    private final Map<Key, PendingPublish> pending = new ConcurrentHashMap<>();

    /**
     * Starts a publish; it is forgotten once it has ended.
     *
     * @param records the number of its records
     * @param delivery that of the first one; null when that isn't known yet
     */
    PendingPublish start(
            final ConnectionIntake connection,
            final String clientId,
            final int packetId,
            final int records,
            final @Nullable Delivery delivery) {
        final Key key = new Key(clientId, packetId);
        final PendingPublish[] self = new PendingPublish[1];
        self[0] = new PendingPublish(connection, records, delivery, () -> pending.remove(key, self[0]));
        pending.put(key, self[0]);
        return self[0];
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** The publish of that packet id; null when it is safe, or none of ours. */
    @Nullable
    PendingPublish find(final String clientId, final int packetId) {
        return pending.get(new Key(clientId, packetId));
    }

    /** Gives up those whose acknowledgement has waited since then, or for longer; by {@link System#nanoTime}. */
    void giveUpHeldSince(final long nanoTime) {
        for (final PendingPublish publish : pending.values()) {
            final PendingPublish.Held held = publish.held();
            if (held != null && held.since() - nanoTime <= 0) {
                held.connection().giveUp(publish, held);
            }
        }
    }
}
