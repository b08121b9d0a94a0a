package io.kafkabridge.benchmark.records;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.kafkabridge.benchmark.jmh.JmhRuns;

/** {@code ./bench records}: times how the bridge makes records with JMH, without brokers. */
@Command(
        name = "records",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Times what mappings do with a publish of 256 bytes of JSON, in JVMs of their own (JMH).",
            "Without options: about 3 minutes."
        },
        footer = {"", "What is measured, and how: docs/benchmark.md."})
public final class RecordsCommand implements Callable<Integer> {

    private static final String HEAD = "| mapping | ns/record, median | least | bytes/record |\n|---|---:|---:|---:|";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--forks", defaultValue = "2", description = "JVMs for each mapping (${DEFAULT-VALUE}).")
    private int forks;

    @Override
    public Integer call() throws RunnerException {
        final Collection<RunResult> results = new Runner(JmhRuns.options(RecordBenchmark.class, 8)
                        .forks(forks)
                        .measurementIterations(20)
                        .measurementTime(TimeValue.milliseconds(200))
                        .build())
                .run();
        final PrintWriter out = spec.commandLine().getOut();
        out.println(HEAD);
        for (final RunResult result : results) {
            final var times = result.getPrimaryResult().getStatistics();
            out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,.0f |%n",
                    Kind.valueOf(result.getParams().getParam("kind")).what(),
                    times.getPercentile(50),
                    times.getMin(),
                    JmhRuns.allocated(result).getMean());
        }
        out.flush();
        return 0;
    }
}
