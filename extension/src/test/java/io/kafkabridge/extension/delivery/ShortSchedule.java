package io.kafkabridge.extension.delivery;

import java.util.BitSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A schedule that breaks a promise, without the steps that don't matter for that: larger and smaller parts are left out for as long
 * as what is left breaks the same promise.
 *
 * @param seed of the schedule
 * @param steps that are taken
 * @param result what they come to
 */
record ShortSchedule(long seed, BitSet steps, Simulation.Result result) {

    /** All steps of a schedule. */
    static BitSet all() {
        final BitSet steps = new BitSet();
        steps.set(0, Simulation.STEPS);
        return steps;
    }

    /** Steps by their numbers, with commas between. */
    static BitSet parse(final String numbers) {
        final BitSet steps = new BitSet();
        for (final String number : numbers.split(",", -1)) {
            if (!number.isBlank()) {
                steps.set(Integer.parseInt(number.strip()));
            }
        }
        return steps;
    }

    /** Shortens the schedule of a seed, which breaks a promise. */
    static ShortSchedule of(final long seed) {
        BitSet steps = all();
        Simulation.Result result = Simulation.run(seed, steps);
        final String kind = result.kind();
        for (int size = Simulation.STEPS / 2; size > 0; size /= 2) {
            for (int from = 0; from < Simulation.STEPS; from += size) {
                final BitSet fewer = (BitSet) steps.clone();
                fewer.clear(from, from + size);
                if (fewer.equals(steps)) {
                    continue;
                }
                final Simulation.Result tried = Simulation.run(seed, fewer);
                if (tried.broken() != null && tried.kind().equals(kind)) {
                    steps = fewer;
                    result = tried;
                }
            }
        }
        return new ShortSchedule(seed, steps, result);
    }

    /** The failure, with the short history. */
    AssertionError toError() {
        final @Nullable Throwable broken = result.broken();
        final String numbers = steps.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
        return new AssertionError(
                broken + "\n" + String.join("\n", result.history()) + "\nThese are " + steps.cardinality() + " of "
                        + Simulation.STEPS + " steps. Again: -Dseed=" + seed + " -Dsteps="
                        + numbers,
                broken);
    }
}
