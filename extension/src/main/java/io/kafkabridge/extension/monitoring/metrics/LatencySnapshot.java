package io.kafkabridge.extension.monitoring.metrics;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import com.codahale.metrics.Snapshot;
import org.HdrHistogram.Histogram;

/** What a {@link LatencyTimer} has seen, in nanoseconds. Nobody changes it any more. */
final class LatencySnapshot extends Snapshot {

    private static final double PERCENT = 100;

    private final Histogram histogram;
    private final long nanosPerUnit;

    LatencySnapshot(final Histogram histogram, final long nanosPerUnit) {
        this.histogram = histogram;
        this.nanosPerUnit = nanosPerUnit;
    }

    @Override
    public double getValue(final double quantile) {
        return (double) histogram.getValueAtPercentile(quantile * PERCENT) * nanosPerUnit;
    }

    /** Not the single values: nobody keeps them. */
    @Override
    public long[] getValues() {
        return new long[0];
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, histogram.getTotalCount());
    }

    @Override
    public long getMax() {
        return histogram.getMaxValue() * nanosPerUnit;
    }

    @Override
    public double getMean() {
        return size() == 0 ? 0 : histogram.getMean() * nanosPerUnit;
    }

    @Override
    public long getMin() {
        return size() == 0 ? 0 : histogram.getMinValue() * nanosPerUnit;
    }

    @Override
    public double getStdDev() {
        return size() == 0 ? 0 : histogram.getStdDeviation() * nanosPerUnit;
    }

    @Override
    public void dump(final OutputStream output) {
        histogram.outputPercentileDistribution(new PrintStream(output, true, StandardCharsets.UTF_8), 1.0);
    }
}
