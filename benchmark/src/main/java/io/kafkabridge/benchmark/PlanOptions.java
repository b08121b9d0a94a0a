package io.kafkabridge.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.kafkabridge.benchmark.run.Plan;
import io.kafkabridge.benchmark.run.Plan.Cell;
import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.Variant;

/** The options that say what is measured. */
final class PlanOptions {

    private static final Duration RAMP = Duration.ofSeconds(1);
    private static final double SECONDS = 2;
    private static final double QUICK_SECONDS = 3;
    private static final int MANY = 5;
    private static final int FEW = 3;
    private static final int QUICK = 3;

    /** What the first workload gets; the others get the bridge and its yardstick. */
    private static final List<Variant> ALL = List.of(
            Variant.NONE,
            Variant.PUBLISH_ONLY,
            Variant.FLOOR,
            Variant.BRIDGE,
            Variant.BRIDGE_UNMAPPED,
            Variant.BRIDGE_AWAY,
            Variant.HOLD_PUBLISH,
            Variant.PAHO_SUBSCRIBER,
            Variant.CAMEL);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--quick", description = "20 clients x 10 only, few rounds: about 2 minutes.")
    private boolean quick;

    @Option(
            names = "--variants",
            split = ",",
            description =
                    "Some of: ${COMPLETION-CANDIDATES}. With this or one of the next four, every combination is measured.")
    private List<Variant> variants = List.of();

    @Option(names = "--clients", split = ",", description = "Numbers of connections (20).")
    private List<Integer> clients = List.of();

    @Option(names = "--window", split = ",", description = "Publishes that each client has in flight (10).")
    private List<Integer> windows = List.of();

    @Option(names = "--size", split = ",", description = "Bytes of payload (256).")
    private List<Integer> sizes = List.of();

    @Option(names = "--qos", split = ",", description = "0, 1 or both (1).")
    private List<Integer> qos = List.of();

    @Option(names = "--mqtt", defaultValue = "3", description = "3 for MQTT 3.1.1, or 5 (${DEFAULT-VALUE}).")
    private int mqtt;

    @Option(
            names = "--rounds",
            description =
                    "Rounds, of which medians are taken (5; 3 with --quick, and for all but the first workload of the default).")
    private int rounds;

    @Option(names = "--seconds", description = "Seconds of each measurement (2, or 3 with --quick).")
    private double seconds;

    @Option(
            names = "--warm-up",
            description = "Seconds of load for each variant before all, or 500 000 messages (20, or 8 with --quick).")
    private double warmUp;

    /**
     * The plan that the options ask for.
     *
     * @throws ParameterException if they can't be used
     */
    Plan plan() {
        if (rounds < 0 || seconds < 0 || warmUp < 0) {
            throw new ParameterException(spec.commandLine(), "--rounds, --seconds and --warm-up are not negative");
        }
        try {
            return new Plan(
                    cells(),
                    RAMP,
                    duration(seconds > 0 ? seconds : quick ? QUICK_SECONDS : SECONDS),
                    duration(warmUp > 0 ? warmUp : quick ? 8 : 20));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private List<Cell> cells() {
        if (!variants.isEmpty() || !clients.isEmpty() || !windows.isEmpty() || !sizes.isEmpty() || !qos.isEmpty()) {
            return combinations(or(qos, 1), or(sizes, 256), or(clients, 20), or(windows, 10)).stream()
                    .map(workload ->
                            cell(workload, variants.isEmpty() ? pair(workload) : variants, quick ? QUICK : MANY))
                    .toList();
        }
        if (quick) {
            return List.of(cell(
                    workload(20, 10, 256, 1), List.of(Variant.FLOOR, Variant.BRIDGE, Variant.HOLD_PUBLISH), QUICK));
        }
        List<Cell> cells = new ArrayList<>();
        cells.add(cell(workload(20, 10, 256, 1), ALL, MANY));
        for (Workload workload :
                combinations(List.of(1, 0), List.of(256, 4096), List.of(1, 20, 200), List.of(1, 10, 100))) {
            if (!workload.equals(cells.get(0).workload())) {
                cells.add(cell(workload, pair(workload), FEW));
            }
        }
        return cells;
    }

    private Cell cell(Workload workload, List<Variant> which, int usualRounds) {
        return new Cell(workload, which, rounds > 0 ? rounds : usualRounds);
    }

    private static List<Variant> pair(Workload workload) {
        return List.of(workload.qos() == 0 ? Variant.PUBLISH_ONLY : Variant.FLOOR, Variant.BRIDGE);
    }

    private Workload workload(int clientCount, int window, int size, int level) {
        return new Workload(clientCount, window, size, level, mqtt);
    }

    private List<Workload> combinations(
            List<Integer> levels, List<Integer> bytes, List<Integer> counts, List<Integer> inFlight) {
        List<Workload> workloads = new ArrayList<>();
        for (int level : levels) {
            for (int size : bytes) {
                for (int count : counts) {
                    for (int window : inFlight) {
                        workloads.add(workload(count, window, size, level));
                    }
                }
            }
        }
        return workloads;
    }

    private static List<Integer> or(List<Integer> given, int otherwise) {
        return given.isEmpty() ? List.of(otherwise) : given;
    }
}
