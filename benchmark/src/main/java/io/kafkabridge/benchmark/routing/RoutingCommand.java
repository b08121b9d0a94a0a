package io.kafkabridge.benchmark.routing;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.kafkabridge.benchmark.jmh.JmhRuns;

/** {@code ./bench routing}: times the bridge's topic tree with JMH, without brokers. */
@Command(
        name = "routing",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Times how the bridge finds the mappings of a topic, with few topic filters and with many, in JVMs of their own (JMH).",
            "Without options: about 3 minutes."
        },
        footer = {"", "What is measured, and how: docs/benchmark.md."})
public final class RoutingCommand implements Callable<Integer> {

    /** As short as can be, so that at least one of many isn't interrupted by something else. */
    private static final int MILLIS = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--filters",
            split = ",",
            defaultValue = "10,100,1000,10000",
            description = "How many topic filters, multiples of 10; compared with the fewest (${DEFAULT-VALUE}).")
    private List<Integer> filters = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Rounds, of which the best is taken; a JVM for each figure in each (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--iterations",
            defaultValue = "60",
            description = "Times that " + MILLIS
                    + " ms are measured in each JVM, after a warm-up of a second (${DEFAULT-VALUE}).")
    private int iterations;

    @Override
    public Integer call() throws RunnerException {
        if (filters.stream().anyMatch(count -> count <= 0 || count % Plant.FILTERS != 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--filters: give multiples of " + Plant.FILTERS + ", from " + Plant.FILTERS);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Routing> done = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            out.println("Round " + round + " of " + rounds);
            out.flush();
            done.addAll(Routing.of(new Runner(options().build()).run()));
        }
        out.print("\n" + RoutingTable.of(done));
        out.flush();
        return 0;
    }

    private ChainedOptionsBuilder options() {
        return JmhRuns.options(RoutingBenchmark.class, 1)
                .param("filters", filters.stream().map(String::valueOf).toArray(String[]::new))
                .forks(1)
                // Xbatch: the code waits for the compiler, so that the warm-up is long enough on a busy machine, too.
                .jvmArgsAppend("-Xbatch")
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(MILLIS));
    }
}
