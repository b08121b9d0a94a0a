package io.kafkabridge.benchmark.run;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.kafkabridge.benchmark.variant.Variant;

/**
 * What is run: every workload in several rounds, in each of which its variants take turns.
 *
 * @param cells the workloads, each with its variants
 * @param ramp load before each measurement
 * @param seconds of each measurement
 * @param warmUp at most so long, or 500 000 messages, for each variant before the first round
 */
public record Plan(List<Cell> cells, Duration ramp, Duration seconds, Duration warmUp) {

    /** A workload, the variants that get it, and how often. */
    public record Cell(Workload workload, List<Variant> variants, int rounds) {}

    /** All variants of all workloads, each once. */
    public Set<Variant> variants() {
        Set<Variant> all = new LinkedHashSet<>();
        cells.forEach(cell -> all.addAll(cell.variants()));
        return all;
    }

    /** How many numbered topics it takes: a fresh one for every load, warm-up included. */
    public int topics() {
        return variants().size()
                + cells.stream()
                        .mapToInt(cell -> cell.rounds() * cell.variants().size())
                        .sum();
    }
}
