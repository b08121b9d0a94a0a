package io.kafkabridge.extension.intake;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import com.hivemq.extension.sdk.api.async.Async;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Delivery;

/**
 * A QoS 1 or 2 publish between its PUBLISH and its PUBACK or PUBREC: counts its records, and holds the acknowledgement
 * until all are safe. Thread-safe without locks. What a delivery tells it never throws: an error here is told and is no
 * other record's business.
 */
final class PendingPublish implements Acknowledgement {

    /** How a publish ended. */
    enum Outcome {
        /** Every record is safe: the acknowledgement may leave. */
        SAFE,
        /** A record failed: the client must not be acknowledged. */
        FAILED
    }

    /**
     * An acknowledgement that waits.
     *
     * @param connection the one that it is for: a repeat of a QoS 2 publish may come on another one than the publish
     * @param since when it began to wait, by {@link System#nanoTime}
     */
    record Held(ConnectionIntake connection, Async<?> acknowledgement, long since) {}

    private static final AtomicIntegerFieldUpdater<PendingPublish> MISSING =
            AtomicIntegerFieldUpdater.newUpdater(PendingPublish.class, "missing");
    private static final AtomicReferenceFieldUpdater<PendingPublish, @Nullable Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(PendingPublish.class, Object.class, "state");

    private final ConnectionIntake connection;
    private final @Nullable Delivery delivery;
    private final @Nullable Runnable onSettled;

    @SuppressWarnings("UnusedVariable") // MISSING reads and writes it.
    private volatile int missing;

    /** Null: on its way. {@link Held}: on its way, and the acknowledgement waits. An {@link Outcome}: ended. */
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
            final @Nullable Delivery delivery,
            final @Nullable Runnable onSettled) {
        this.connection = connection;
        this.missing = records;
        this.delivery = delivery;
        this.onSettled = onSettled;
    }

    /** Has so many more records, before any of them has an outcome. */
    void addRecords(final int more) {
        MISSING.addAndGet(this, more);
    }

    @Override
    public void safe() {
        try {
            if (MISSING.decrementAndGet(this) == 0) {
                settle(Outcome.SAFE);
            }
        } catch (final Throwable e) {
            connection.unexpected(e);
        }
    }

    @Override
    public boolean failed(final Exception cause) {
        boolean disconnects = false;
        try {
            disconnects = connection.fail(cause);
            settle(Outcome.FAILED);
        } catch (final Throwable e) {
            connection.unexpected(e);
        }
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
                if (current instanceof Held held) {
                    release(held, outcome);
                }
                return;
            }
        }
    }

    private static void release(final Held held, final Outcome outcome) {
        if (outcome == Outcome.SAFE) {
            held.acknowledgement().resume();
        } else {
            held.connection().fail(new IllegalStateException("its publish failed"));
            held.connection().resumeWhenClosed(held.acknowledgement());
        }
    }

    /** How it ended; null while it is on its way. */
    @Nullable
    Outcome outcome() {
        return state instanceof Outcome outcome ? outcome : null;
    }

    /** Holds the acknowledgement until the publish has ended. */
    void hold(final Held held) {
        if (!STATE.compareAndSet(this, null, held)) {
            final Object current = state;
            if (current instanceof Outcome outcome) {
                release(held, outcome);
            } else {
                throw new IllegalStateException("Two acknowledgements wait for one publish");
            }
        }
    }

    /** The acknowledgement that waits; null when none does. */
    @Nullable
    Held held() {
        return state instanceof Held held ? held : null;
    }

    /** Stops holding the acknowledgement, if it still does; the publish goes on. */
    boolean letGo(final Held held) {
        return STATE.compareAndSet(this, held, null);
    }
}
