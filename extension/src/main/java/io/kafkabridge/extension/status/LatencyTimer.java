package io.kafkabridge.extension.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A timer whose quantiles are those of the last minute, with an error of 1 %, from 1 us to an hour. Nothing is sampled, so the
 * maximum is one. To record neither locks nor allocates, unlike the reservoirs that come with Dropwizard. Thread-safe.
 */
public final class LatencyTimer extends Timer {

    private final Window window;

    /** Makes an empty timer. */
    public LatencyTimer() {
        this(new Window());
    }

    private LatencyTimer(final Window window) {
        super(window);
        this.window = window;
    }

    /** Notes a time in nanoseconds. */
    public void record(final long nanos) {
        update(nanos, TimeUnit.NANOSECONDS);
    }

    /** Lets go what is older than a minute. To be called every second or so; reading does it as well. */
    public void tick() {
        window.tick();
    }

    private static final class Window implements Reservoir {

        private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(10);
        private static final int SLICES = 6;
        private static final long NANOS_PER_UNIT = 1_000;
        private static final long MAX_UNITS = TimeUnit.HOURS.toMicros(1);
        private static final int DIGITS = 2;

        private final Recorder recorder = new Recorder(1, MAX_UNITS, DIGITS);
        private final Deque<Histogram> full = new ArrayDeque<>();
        private Histogram growing = newHistogram();
        private @Nullable Histogram interval;
        private long start = System.nanoTime();

        private static Histogram newHistogram() {
            return new Histogram(1, MAX_UNITS, DIGITS);
        }

        @Override
        public void update(final long nanos) {
            recorder.recordValue(Math.min(MAX_UNITS, Math.max(1, nanos / NANOS_PER_UNIT)));
        }

        synchronized void tick() {
            interval = recorder.getIntervalHistogram(interval);
            growing.add(interval);
            if (System.nanoTime() - start >= SLICE_NANOS) {
                start = System.nanoTime();
                full.addLast(growing);
                growing = full.size() > SLICES ? full.removeFirst() : newHistogram();
                growing.reset();
            }
        }

        @Override
        public synchronized Snapshot getSnapshot() {
            tick();
            final Histogram all = growing.copy();
            full.forEach(all::add);
            return new LatencySnapshot(all, NANOS_PER_UNIT);
        }

        @Override
        public int size() {
            return getSnapshot().size();
        }
    }
}
