package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;

/** Tells about failed publishes: the first at once, then once a minute how many there were. Thread-safe. */
public final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());
    private final AtomicLong untold = new AtomicLong();

    /** A client is disconnected because a publish of its couldn't be made safe. */
    void disconnected(final String clientId, final Exception cause) {
        final long count = untold.incrementAndGet();
        if (mayTell()) {
            untold.addAndGet(-count);
            LOG.warn(
                    "Client '{}' is disconnected without an acknowledgement, so that it sends again: {}: {} ({} since the last line"
                            + " like this; the next follows in a minute at the earliest)",
                    clientId,
                    cause.getClass().getSimpleName(),
                    cause.getMessage(),
                    Wording.count(count, "such disconnect"));
        }
    }

    /** Something in the bridge broke. */
    void unexpected(final String clientId, final Throwable error) {
        if (mayTell()) {
            LOG.error(
                    "A publish or last will of client '{}' met an unexpected error in the bridge. With QoS 1 or 2 it isn't"
                            + " acknowledged. Please report this.",
                    clientId,
                    error);
        }
    }

    private boolean mayTell() {
        final long now = System.nanoTime();
        final long until = silentUntil.get();
        return now - until >= 0 && silentUntil.compareAndSet(until, now + PERIOD);
    }
}
