package io.kafkabridge.extension.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that a test sets. For one thread. */
public final class FakeClock implements LongSupplier {

    private long nanos = 1_000_000_000_000L;

    @Override
    public long getAsLong() {
        return nanos;
    }

    /** Lets time pass. */
    public void advance(final Duration time) {
        nanos += time.toNanos();
    }
}
