package io.kafkabridge.benchmark.jmh;

import java.util.Objects;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** How benchmarks run with JMH: in small JVMs of their own, silently, with the bytes of each operation. */
public final class JmhRuns {

    private JmhRuns() {}

    /**
     * The options of a benchmark.
     *
     * @param benchmark the class with its methods
     * @param warmUp seconds before the first measurement counts
     */
    public static ChainedOptionsBuilder options(Class<?> benchmark, int warmUp) {
        return new OptionsBuilder()
                .include(benchmark.getName())
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms256m", "-Xmx256m", "-XX:+UseG1GC")
                .warmupIterations(warmUp)
                .warmupTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    /** Bytes that an operation allocates. */
    public static Statistics allocated(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getStatistics();
    }
}
