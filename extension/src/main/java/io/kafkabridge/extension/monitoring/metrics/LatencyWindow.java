package io.kafkabridge.extension.monitoring.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import com.codahale.metrics.Snapshot;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** The times of the last minute, in slices of ten seconds. Any thread records, without a lock; those who look share one. */
final class LatencyWindow {

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

    /** Records a time; what is out of range counts as its end. */
    void update(final long nanos) {
        recorder.recordValue(Math.min(MAX_UNITS, Math.max(1, nanos / NANOS_PER_UNIT)));
    }

    /** Takes what was recorded into the window, and what is too old out of it; returns how many there were. */
    synchronized long settle() {
        final Histogram recent = recorder.getIntervalHistogram(interval);
        interval = recent;
        growing.add(recent);
        if (System.nanoTime() - start >= SLICE_NANOS) {
            start = System.nanoTime();
            full.addLast(growing);
            growing = full.size() > SLICES ? full.removeFirst() : newHistogram();
            growing.reset();
        }
        return recent.getTotalCount();
    }

    /** All that is in the window. */
    synchronized Snapshot snapshot() {
        final Histogram all = growing.copy();
        full.forEach(all::add);
        return new LatencySnapshot(all, NANOS_PER_UNIT);
    }
}
