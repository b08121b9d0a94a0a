package io.kafkabridge.extension.monitoring.metrics;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.codahale.metrics.Meter;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;

/**
 * A timer whose quantiles are those of the last minute, with an error of 1 %, from 1 us to an hour. Nothing is sampled, so the
 * maximum is one. To record neither locks nor allocates, unlike Dropwizard's own reservoirs, and costs less than its meter: that
 * is told now and then how many there were. Thread-safe.
 */
public final class LatencyTimer extends Timer {

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LatencyWindow window = new LatencyWindow();
    private final Meter meter = new Meter();
    private volatile long lastTick = System.nanoTime();

    /** Notes a time in nanoseconds. */
    public void record(final long nanos) {
        window.update(nanos);
    }

    /** Lets go what is older than a minute. To be called every second or more often; reading does it as well. */
    public void tick() {
        if (System.nanoTime() - lastTick >= TICK_NANOS) {
            settle();
        }
    }

    private void settle() {
        lastTick = System.nanoTime();
        meter.mark(window.settle());
    }

    @Override
    public void update(final long duration, final TimeUnit unit) {
        record(unit.toNanos(duration));
    }

    @Override
    public void update(final Duration duration) {
        record(duration.toNanos());
    }

    @Override
    public <T> T time(final Callable<T> event) throws Exception {
        final long start = System.nanoTime();
        try {
            return event.call();
        } finally {
            record(System.nanoTime() - start);
        }
    }

    @Override
    public <T> T timeSupplier(final Supplier<T> event) {
        final long start = System.nanoTime();
        try {
            return event.get();
        } finally {
            record(System.nanoTime() - start);
        }
    }

    @Override
    public void time(final Runnable event) {
        timeSupplier(() -> {
            event.run();
            return true;
        });
    }

    @Override
    public Snapshot getSnapshot() {
        settle();
        return window.snapshot();
    }

    @Override
    public long getCount() {
        settle();
        return meter.getCount();
    }

    @Override
    public double getMeanRate() {
        settle();
        return meter.getMeanRate();
    }

    @Override
    public double getOneMinuteRate() {
        settle();
        return meter.getOneMinuteRate();
    }

    @Override
    public double getFiveMinuteRate() {
        settle();
        return meter.getFiveMinuteRate();
    }

    @Override
    public double getFifteenMinuteRate() {
        settle();
        return meter.getFifteenMinuteRate();
    }
}
