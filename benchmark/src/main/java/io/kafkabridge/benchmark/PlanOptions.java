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
    private static final List<Variant> PAIR = List.of(Variant.FLOOR, Variant.BRIDGE);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--quick", description = "20 clients x 10 only, fewer and shorter rounds: about 2 minutes.")
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

    @Option(names = "--rounds", description = "Rounds, of which medians are taken (5, or 3 with --quick).")
    private int rounds;

    @Option(names = "--seconds", description = "Seconds of each measurement (4, or 3 with --quick).")
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
                    rounds > 0 ? rounds : quick ? 3 : 5,
                    RAMP,
                    duration(seconds > 0 ? seconds : quick ? 3 : 4),
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
            return combinations();
        }
        if (quick) {
            return List.of(
                    new Cell(workload(20, 10, 256, 1), List.of(Variant.FLOOR, Variant.BRIDGE, Variant.HOLD_PUBLISH)));
        }
        return List.of(
                new Cell(
                        workload(20, 10, 256, 1),
                        List.of(
                                Variant.NONE,
                                Variant.PUBLISH_ONLY,
                                Variant.FLOOR,
                                Variant.BRIDGE,
                                Variant.BRIDGE_UNMAPPED,
                                Variant.HOLD_PUBLISH,
                                Variant.PAHO_SUBSCRIBER,
                                Variant.CAMEL)),
                new Cell(workload(1, 1, 256, 1), PAIR),
                new Cell(workload(1, 10, 256, 1), PAIR),
                new Cell(workload(1, 100, 256, 1), PAIR),
                new Cell(workload(20, 1, 256, 1), PAIR),
                new Cell(workload(20, 100, 256, 1), PAIR),
                new Cell(workload(200, 1, 256, 1), PAIR),
                new Cell(workload(200, 10, 256, 1), PAIR),
                new Cell(workload(20, 10, 4096, 1), PAIR),
                new Cell(workload(20, 100, 256, 0), List.of(Variant.PUBLISH_ONLY, Variant.BRIDGE)),
                new Cell(workload(1, 100, 256, 0), List.of(Variant.PUBLISH_ONLY, Variant.BRIDGE)));
    }

    private Workload workload(int clientCount, int window, int size, int level) {
        return new Workload(clientCount, window, size, level, mqtt);
    }

    private List<Cell> combinations() {
        List<Cell> cells = new ArrayList<>();
        for (int level : or(qos, 1)) {
            for (int size : or(sizes, 256)) {
                for (int count : or(clients, 20)) {
                    for (int window : or(windows, 10)) {
                        cells.add(new Cell(workload(count, window, size, level), variants.isEmpty() ? PAIR : variants));
                    }
                }
            }
        }
        return cells;
    }

    private static List<Integer> or(List<Integer> given, int otherwise) {
        return given.isEmpty() ? List.of(otherwise) : given;
    }
}
