package io.kafkabridge.extension.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;

/** States that a cluster may be in. */
final class Statuses {

    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    static final long GIB = 1L << 30;

    private Statuses() {}

    static DeliveryStatus of(final DeliveryState state, final Duration time) {
        return of(state, time, 0, 0, 10 * GIB);
    }

    static DeliveryStatus of(
            final DeliveryState state, final Duration time, final long records, final long bytes, final long free) {
        return new DeliveryStatus(
                state,
                NOW.minus(time),
                state == DeliveryState.AWAY ? Optional.of("No broker answers.") : Optional.empty(),
                240,
                24_000,
                records,
                bytes,
                free,
                free > 0,
                records == 0 ? Duration.ZERO : time,
                0,
                0);
    }
}
