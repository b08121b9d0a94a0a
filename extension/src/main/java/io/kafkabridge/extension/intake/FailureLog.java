package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;

/**
 * Tells about failed publishes: of each kind the first at once, then once a minute how many there were. Each error of the
 * bridge's own is a kind by itself, by its class and where it was thrown. Thread-safe.
 */
public final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    /** Beyond, they share one limit: a kind can't be made by a payload, but a bound is a bound. */
    private static final int MAX_KINDS = 100;

    private static final String OWN = "io.kafkabridge.";

    private final Limit disconnects = new Limit();
    private final Limit otherKinds = new Limit();
    private final Map<String, Limit> kinds = new ConcurrentHashMap<>();

    /** Of lines of one kind. */
    private static final class Limit {
        private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());
        private final AtomicLong untold = new AtomicLong();

        /** Counts one; how many are to be told now, 0 when none. */
        long next() {
            untold.incrementAndGet();
            final long now = System.nanoTime();
            final long until = silentUntil.get();
            return now - until >= 0 && silentUntil.compareAndSet(until, now + PERIOD) ? untold.getAndSet(0) : 0;
        }
    }

    /** A client is disconnected because a publish of its couldn't be made safe. */
    void disconnected(final String clientId, final Exception cause) {
        final long count = disconnects.next();
        if (count > 0) {
            LOG.warn(
                    "Client '{}' is disconnected without an acknowledgement, so that it sends again: {}: {} ({} since the last line"
                            + " like this; the next follows in a minute at the earliest)",
                    clientId,
                    cause.getClass().getSimpleName(),
                    cause.getMessage(),
                    Wording.count(count, "such disconnect"));
        }
    }

    /** Something in the bridge broke, and the publish is kept as it came. */
    void unexpected(final String clientId, final Throwable error) {
        final long count = limit("kept", error).next();
        if (count > 0) {
            LOG.error(
                    "A publish or last will of client '{}' met an unexpected error in the bridge ({} since the last line about it)."
                            + " It is kept as it came among the rejected records: java -jar <the extension's jar> rejected list."
                            + " Please report this.",
                    clientId,
                    Wording.count(count, "such error"),
                    ShownError.of(error));
        }
    }

    /** Something in the bridge broke, and what should have kept the publish, too. */
    void notKept(final String clientId, final Throwable error) {
        final long count = limit("not kept", error).next();
        if (count > 0) {
            LOG.error(
                    "A publish or last will of client '{}' met an unexpected error in the bridge and couldn't be kept either ({}"
                            + " since the last line about it). With QoS 1 its client is disconnected and sends again, with QoS 2"
                            + " it isn't acknowledged and is tried again. Please report this.",
                    clientId,
                    Wording.count(count, "such error"),
                    ShownError.of(error));
        }
    }

    /** Something in the bridge broke while a client was to be acknowledged or disconnected. */
    void unexpectedAtEnd(final String clientId, final Throwable error) {
        final long count = limit("end", error).next();
        if (count > 0) {
            LOG.error(
                    "The acknowledgement or disconnect of client '{}' met an unexpected error ({} since the last line about it)."
                            + " Please report this.",
                    clientId,
                    Wording.count(count, "such error"),
                    ShownError.of(error));
        }
    }

    private Limit limit(final String what, final Throwable error) {
        final String kind = what + ' ' + error.getClass().getName() + ' ' + place(error);
        final Limit limit = kinds.get(kind);
        if (limit != null) {
            return limit;
        }
        return kinds.size() < MAX_KINDS ? kinds.computeIfAbsent(kind, key -> new Limit()) : otherKinds;
    }

    /** The last place of our own that it came through. */
    private static String place(final Throwable error) {
        for (final StackTraceElement frame : error.getStackTrace()) {
            if (frame.getClassName().startsWith(OWN)) {
                return frame.toString();
            }
        }
        return "";
    }
}
