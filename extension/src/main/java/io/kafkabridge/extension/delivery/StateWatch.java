package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;

/**
 * What state a delivery is in, and since when. The delivery's thread says what it sees; a moment isn't a state yet. Any thread
 * may ask.
 */
final class StateWatch {

    /** Opening a spool and connecting takes a moment, and so does the metadata of a topic. */
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();

    /**
     * A state.
     *
     * @param since since when
     * @param cause why Kafka takes no records
     */
    record Seen(DeliveryState state, Instant since, Optional<String> cause) {}

    private final ClusterMetrics metrics;
    private final LongSupplier clock;
    private volatile Seen seen = new Seen(DeliveryState.STARTING, Instant.now(), Optional.empty());
    private DeliveryState latest = DeliveryState.STARTING;
    private long latestSince;

    /**
     * Makes a watch.
     *
     * @param clock {@link System#nanoTime}
     */
    StateWatch(final ClusterMetrics metrics, final LongSupplier clock) {
        this.metrics = metrics;
        this.clock = clock;
        latestSince = clock.getAsLong();
    }

    /** Kafka takes records. */
    void isFine(final DeliveryState state) {
        see(state, Optional::empty);
    }

    /**
     * Kafka takes no records, or not all.
     *
     * @param cause asked for only if it is of interest
     */
    void isNotFine(final DeliveryState state, final Supplier<String> cause) {
        see(state, () -> Optional.of(cause.get()));
    }

    private void see(final DeliveryState state, final Supplier<Optional<String>> cause) {
        final Seen before = seen;
        final long now = clock.getAsLong();
        if (state != latest) {
            latest = state;
            latestSince = now;
        }
        final boolean needsPatience = state == DeliveryState.WAITING
                || (state == DeliveryState.AWAY && before.state() == DeliveryState.STARTING);
        if (needsPatience && before.state() != state && now - latestSince < PATIENCE) {
            return;
        }
        if (state == before.state()) {
            final Optional<String> text = cause.get();
            if (!text.equals(before.cause())) {
                seen = new Seen(state, before.since(), text);
            }
            return;
        }
        seen = new Seen(state, Instant.now().minusNanos(needsPatience ? now - latestSince : 0), cause.get());
        count(before.state(), state);
    }

    private void count(final DeliveryState before, final DeliveryState now) {
        if (now == DeliveryState.AWAY) {
            metrics.outage();
        } else if (before == DeliveryState.AWAY) {
            metrics.reconnect();
        }
    }

    Seen seen() {
        return seen;
    }
}
