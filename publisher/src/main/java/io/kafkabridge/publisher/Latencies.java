package io.kafkabridge.publisher;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long messages take, of the last seconds and of the whole run. {@link #record} from any thread, the rest from one. */
final class Latencies {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Recorder recorder = new Recorder(SIGNIFICANT_DIGITS);
    private final Histogram all = new Histogram(SIGNIFICANT_DIGITS);

    void record(long nanos) {
        recorder.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    /** Those since the last call, in microseconds. */
    Histogram latest() {
        Histogram latest = recorder.getIntervalHistogram();
        all.add(latest);
        return latest;
    }

    /** All that {@link #latest} has returned, in microseconds. */
    Histogram all() {
        return all;
    }

    /** Microseconds as milliseconds with three digits that count: {@code 0.25}, {@code 1.25}, {@code 12.5}, {@code 125}. */
    static String millis(long micros) {
        double millis = micros / 1000.0;
        int decimals = millis < 9.995 ? 2 : millis < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", millis);
    }
}
