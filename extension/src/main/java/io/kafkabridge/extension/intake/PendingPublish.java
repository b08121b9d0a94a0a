package io.kafkabridge.extension.intake;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import com.hivemq.extension.sdk.api.async.Async;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.KafkaDelivery;

/**
 * A QoS 1 or 2 publish between its PUBLISH and its PUBACK or PUBREC: counts its records, and holds the acknowledgement
 * until all are safe. Thread-safe without locks.
 */
final class PendingPublish implements Acknowledgement {

    /** How a publish ended. */
    enum Outcome {
        /** Every record is safe: the acknowledgement may leave. */
        SAFE,
        /** A record failed: the client must not be acknowledged. */
        FAILED
    }

    private static final AtomicIntegerFieldUpdater<PendingPublish> MISSING =
            AtomicIntegerFieldUpdater.newUpdater(PendingPublish.class, "missing");
    private static final AtomicReferenceFieldUpdater<PendingPublish, @Nullable Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(PendingPublish.class, Object.class, "state");

    private final ConnectionIntake connection;
    private final @Nullable KafkaDelivery delivery;
    private final @Nullable Runnable onSettled;

    @SuppressWarnings("UnusedVariable") // MISSING reads and writes it.
    private volatile int missing;

    /** Null: on its way. An {@link Async}: on its way, and the acknowledgement waits. An {@link Outcome}: ended. */
    private volatile @Nullable Object state;

    /**
     * A publish on its way.
     *
     * @param connection where it came from
     * @param records the number of its records
     * @param delivery that of its first record; null when nobody gives the publish up
     * @param onSettled runs before the acknowledgement leaves
     */
    PendingPublish(
            final ConnectionIntake connection,
            final int records,
            final @Nullable KafkaDelivery delivery,
            final @Nullable Runnable onSettled) {
        this.connection = connection;
        this.missing = records;
        this.delivery = delivery;
        this.onSettled = onSettled;
    }

    @Override
    public void safe() {
        if (MISSING.decrementAndGet(this) == 0) {
            settle(Outcome.SAFE);
        }
    }

    @Override
    public boolean failed(final Exception cause) {
        final boolean disconnects = connection.fail(cause);
        settle(Outcome.FAILED);
        return disconnects;
    }

    /** QoS 2 is: HiveMQ CE answers its repeats itself, so it never comes again. */
    @Override
    public boolean isWanted() {
        return onSettled != null || !connection.hasFailed();
    }

    /** Its client is disconnected because it took too long. */
    void givenUp() {
        if (delivery != null) {
            delivery.metrics().disconnect();
        }
    }

    private void settle(final Outcome outcome) {
        if (onSettled != null) {
            onSettled.run();
        }
        while (true) {
            final Object current = state;
            if (current instanceof Outcome) {
                return;
            }
            if (STATE.compareAndSet(this, current, outcome)) {
                if (current instanceof Async<?> held) {
                    release(held, outcome);
                }
                return;
            }
        }
    }

    private void release(final Async<?> held, final Outcome outcome) {
        if (outcome == Outcome.SAFE) {
            held.resume();
        } else {
            connection.resumeWhenClosed(held);
        }
    }

    /** How it ended; null while it is on its way. */
    @Nullable
    Outcome outcome() {
        return state instanceof Outcome outcome ? outcome : null;
    }

    /** Holds the acknowledgement until the publish has ended. */
    void hold(final Async<?> acknowledgement) {
        if (!STATE.compareAndSet(this, null, acknowledgement)) {
            final Object current = state;
            if (current instanceof Outcome outcome) {
                release(acknowledgement, outcome);
            } else {
                throw new IllegalStateException("Two acknowledgements wait for one publish");
            }
        }
    }

    /** Stops holding the acknowledgement, if it still does; the publish goes on. */
    boolean letGo(final Async<?> acknowledgement) {
        return STATE.compareAndSet(this, acknowledgement, null);
    }
}
