package io.kafkabridge.benchmark.formats;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import io.kafkabridge.benchmark.formats.candidate.Candidate;

/** The figures as Markdown. */
final class FormatsTable {

    private FormatsTable() {}

    /**
     * Speed: medians of the rounds, and the best one.
     *
     * @param speeds of each batch size, of each candidate, one for each round
     */
    static String speed(Map<Integer, Map<Candidate, List<Speed>>> speeds) {
        StringBuilder table = new StringBuilder(
                "| format | batch | durable appends/s | best | of own file | reads/s | best | of own file"
                        + " | bytes/record |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        speeds.forEach((batch, candidates) -> candidates.forEach((candidate, rounds) -> {
            List<Speed> yardstick = candidates.getOrDefault(Candidate.PLAIN, rounds);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %,.0f | %,.0f | %.2f | %,.0f | %,.0f | %.2f | %.0f |%n",
                    candidate,
                    batch,
                    median(rounds, Speed::appended),
                    best(rounds, Speed::appended),
                    ratio(rounds, yardstick, Speed::appended),
                    median(rounds, Speed::read),
                    best(rounds, Speed::read),
                    ratio(rounds, yardstick, Speed::read),
                    median(rounds, Speed::bytesPerRecord)));
        }));
        return table.toString();
    }

    /** What a kind of damage did to each candidate. */
    static String damage(Damage.Kind kind, Map<Candidate, List<Damage>> damages) {
        StringBuilder table =
                new StringBuilder("| " + kind + " | trials | came back | of what was before | gap-free start"
                        + " | gave out wrong records | said so |\n|---|---:|---:|---:|---:|---:|---:|\n");
        damages.forEach((candidate, trials) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.0f %% | %.1f %% | %d | %d | %d |%n",
                candidate,
                trials.size(),
                100 * median(trials, Damage::share),
                100 * median(trials, Damage::shareOfBefore),
                count(trials, Damage::withoutGap),
                count(trials, damage -> damage.wrong() > 0),
                count(trials, Damage::noticed))));
        return table.toString();
    }

    private static long count(List<Damage> trials, Predicate<Damage> what) {
        return trials.stream().filter(what).count();
    }

    private static double ratio(List<Speed> rounds, List<Speed> yardstick, ToDoubleFunction<Speed> figure) {
        double[] ratios = new double[rounds.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(yardstick.get(i));
        }
        return middle(ratios);
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
        return middle(all.stream().mapToDouble(figure).toArray());
    }

    private static double best(List<Speed> rounds, ToDoubleFunction<Speed> figure) {
        return rounds.stream().mapToDouble(figure).max().orElseThrow();
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
