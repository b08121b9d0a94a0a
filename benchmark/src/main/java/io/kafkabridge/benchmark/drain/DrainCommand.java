package io.kafkabridge.benchmark.drain;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.kafkabridge.benchmark.Folders;
import io.kafkabridge.benchmark.load.LoadProcess;
import io.kafkabridge.benchmark.report.JsonReport;
import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.BridgeZip;
import io.kafkabridge.benchmark.variant.RunningVariant;
import io.kafkabridge.benchmark.variant.Stage;
import io.kafkabridge.benchmark.variant.Variant;
import io.kafkabridge.stack.Checkout;

/** {@code ./bench drain}: kills Kafka under full load and brings it back. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Kills Kafka under full load and starts it again while the load goes on: how fast the spool fills and drains.",
            "Without options: about 3 minutes. Leave the machine alone while it runs."
        },
        footer = {"", "What is measured, and how: docs/benchmark.md."})
public final class DrainCommand implements Callable<Integer> {

    private static final int PARTITIONS = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--clients", defaultValue = "20", description = "Connections (${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--window",
            defaultValue = "10",
            description = "Publishes that each client has in flight (${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--size", defaultValue = "256", description = "Bytes of payload (${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            description = "Seconds that Kafka stays away once the spool takes everything (${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Outages (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "Seconds of load before all, or 500 000 messages (${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(
            names = "--name",
            defaultValue = "drain",
            description = "The figures go to benchmark/results/<name>.json (${DEFAULT-VALUE}).")
    private String name = "drain";

    @Option(
            names = "--bridge",
            paramLabel = "ZIP",
            description = "The bridge to measure, instead of the one just built.")
    private @Nullable Path bridge;

    /** Runs the outages; the exit code is 0 when all were measured. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        Workload workload = workload();
        PrintWriter out = spec.commandLine().getOut();
        Path root = Checkout.root();
        Path folder = root.resolve(".local/drain");
        Folders.delete(folder);
        List<DrainRound> done = new ArrayList<>();
        Path zip = bridge == null ? BridgeZip.built(root) : bridge;
        try (LoadProcess generator = LoadProcess.start();
                Stage stage = new Stage(folder, zip, zip, rounds + 1, PARTITIONS)) {
            stage.start(List.of(Variant.BRIDGE));
            RunningVariant running = stage.get(Variant.BRIDGE);
            generator.run(Workload.warmUp(running, stage.newTopic(), duration(warmUp)));
            Outage outage = new Outage(
                    stage, generator, workload, duration(seconds), PARTITIONS, line -> out.println("HiveMQ: " + line));
            for (int number = 1; number <= rounds; number++) {
                DrainRound round = outage.measure();
                done.add(round);
                out.println(line(round, number));
                out.flush();
            }
        } finally {
            Folders.delete(folder);
        }
        out.print(System.lineSeparator() + workload + System.lineSeparator() + DrainTable.of(done));
        Path json = root.resolve("benchmark/results").resolve(name + ".json");
        String arguments = String.join(" ", spec.commandLine().getParseResult().originalArgs());
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("workload", workload);
        figures.put("rounds", done.stream().map(DrainRound::figures).toList());
        JsonReport.write(json, "./bench " + arguments, figures);
        out.println("\nWritten to " + root.relativize(json));
        out.flush();
        return 0;
    }

    private Workload workload() {
        if (rounds < 1 || seconds <= 0 || warmUp <= 0) {
            throw new ParameterException(spec.commandLine(), "--rounds, --seconds and --warm-up are positive");
        }
        try {
            return new Workload(clients, window, size, 1, 3);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private String line(DrainRound round, int number) {
        return String.format(
                Locale.ROOT,
                "round %d of %d: %,.0f/s live, %.1f s to switch, %,.0f/s into the spool, %,.0f/s out of it, %,.0f/s from the"
                        + " sources meanwhile, %d clients disconnected",
                number,
                rounds,
                round.live().perSecond(),
                round.change().maxGapMillis() / 1000,
                round.fill().perSecond(),
                round.drainPerSecond(),
                round.drain().perSecond(),
                round.disconnected());
    }
}
