package io.kafkabridge.benchmark;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.kafkabridge.benchmark.drain.DrainCommand;
import io.kafkabridge.benchmark.load.LoadProcess;
import io.kafkabridge.benchmark.records.RecordsCommand;
import io.kafkabridge.benchmark.report.JsonReport;
import io.kafkabridge.benchmark.report.Plot;
import io.kafkabridge.benchmark.report.Summary;
import io.kafkabridge.benchmark.report.Table;
import io.kafkabridge.benchmark.routing.RoutingCommand;
import io.kafkabridge.benchmark.run.Benchmark;
import io.kafkabridge.benchmark.run.Plan;
import io.kafkabridge.benchmark.run.Round;
import io.kafkabridge.benchmark.variant.BridgeZip;
import io.kafkabridge.benchmark.variant.Stage;
import io.kafkabridge.stack.Checkout;

/** {@code ./bench}: runs the benchmark and writes its figures. */
@Command(
        name = "bench",
        subcommands = {DrainCommand.class, RoutingCommand.class, RecordsCommand.class},
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures the bridge against the floor and against other ways from MQTT to Kafka, on a real HiveMQ CE and a real Kafka.",
            "Without options: about 20 minutes. Leave the machine alone while it runs."
        },
        footer = {"", "What is measured, and how: docs/benchmark.md."})
public final class BenchCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private PlanOptions planOptions = new PlanOptions();

    @Option(
            names = "--partitions",
            defaultValue = "3",
            description = "Partitions of the Kafka topics (${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--name",
            defaultValue = "latest",
            description = "The figures go to benchmark/results/<name>.json (${DEFAULT-VALUE}).")
    private String name = "latest";

    @Option(names = "--plot", description = "Also draws the first workload into this SVG file.")
    private @Nullable Path plot;

    @Option(
            names = "--bridge",
            paramLabel = "ZIP",
            description = "The bridge to measure, instead of the one just built.")
    private @Nullable Path bridge;

    @Option(
            names = "--other",
            paramLabel = "ZIP",
            description = "The variant bridge-other: compares two versions of the bridge.")
    private @Nullable Path other;

    /** Runs the command; the exit code is 0 when all was measured. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand())
                .setExecutionExceptionHandler((error, line, parsed) -> {
                    line.getErr().println("bench: " + error.getMessage());
                    return line.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Plan plan = planOptions.plan();
        PrintWriter out = spec.commandLine().getOut();
        Path root = Checkout.root();
        Path zip = bridge == null ? BridgeZip.built(root) : bridge;
        Path folder = root.resolve(".local/bench");
        Folders.delete(folder);
        List<Round> rounds;
        try (LoadProcess generator = LoadProcess.start();
                Stage stage = new Stage(folder, zip, other == null ? zip : other, plan.topics(), partitions)) {
            rounds = new Benchmark(plan, stage, generator, line -> {
                        out.println(line);
                        out.flush();
                    })
                    .run();
        } finally {
            Folders.delete(folder);
        }
        List<Summary> summaries = Summary.of(rounds);
        out.print(Table.of(summaries));
        Path json = root.resolve("benchmark/results").resolve(name + ".json");
        String arguments = String.join(" ", spec.commandLine().getParseResult().originalArgs());
        JsonReport.write(json, ("./bench " + arguments).strip(), rounds);
        out.println("\nWritten to " + root.relativize(json));
        if (plot != null) {
            Plot.write(plot, summaries);
        }
        out.flush();
        return 0;
    }
}
