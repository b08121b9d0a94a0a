package io.kafkabridge.benchmark.drain;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.report.Summary;

/** The figures as text. */
final class DrainTable {

    private DrainTable() {}

    /** A row for each round, and one of medians and sums. */
    static String of(List<DrainRound> rounds) {
        StringBuilder table = new StringBuilder();
        table.append(row(
                "", "switch", "fill", "spooled", "drain", "drain /", "sources", "drained", "p50", "p99", "", "", ""));
        table.append(row("round", "s", "/s", "", "/s", "fill", "/s", "in s", "ms", "ms", "lost", "dupl.", "disorder"));
        for (int i = 0; i < rounds.size(); i++) {
            table.append(row(Integer.toString(i + 1), List.of(rounds.get(i))));
        }
        table.append(row("median", rounds));
        return table.toString();
    }

    private static String row(String name, List<DrainRound> rounds) {
        LedgerCheck ledger =
                rounds.stream().map(DrainRound::ledger).reduce(new LedgerCheck(0, 0, 0), LedgerCheck::plus);
        boolean drained = rounds.stream().allMatch(DrainRound::drained);
        return row(
                name,
                median("%.1f", rounds, round -> round.change().maxGapMillis() / 1000),
                median("%,.0f", rounds, round -> round.fill().perSecond()),
                median("%,.0f", rounds, DrainRound::spooled),
                median("%,.0f", rounds, DrainRound::drainPerSecond),
                median("%.2f", rounds, DrainRound::ratio),
                median("%,.0f", rounds, round -> round.drain().perSecond()),
                drained ? median("%.1f", rounds, round -> round.drain().seconds()) : "never",
                median("%.1f", rounds, round -> round.drain().p50Micros() / 1000),
                median("%.1f", rounds, round -> round.drain().p99Micros() / 1000),
                String.format(Locale.ROOT, "%,d", ledger.lost()),
                String.format(Locale.ROOT, "%,d", ledger.duplicated()),
                String.format(Locale.ROOT, "%,d", ledger.outOfOrder()));
    }

    private static String median(String format, List<DrainRound> rounds, ToDoubleFunction<DrainRound> figure) {
        double median =
                Summary.median(rounds.stream().map(figure::applyAsDouble).toList());
        return String.format(Locale.ROOT, format, median);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-8s %7s %9s %11s %9s %8s %9s %8s %7s %7s %8s %8s %9s%n", cells);
    }
}
