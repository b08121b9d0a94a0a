package io.kafkabridge.benchmark.report;

import java.util.List;
import java.util.Locale;

import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.Variant;

/** The figures as text. */
public final class Table {

    private Table() {}

    /** A table for each workload. */
    public static String of(List<Summary> summaries) {
        StringBuilder text = new StringBuilder();
        Workload workload = null;
        for (Summary summary : summaries) {
            if (!summary.workload().equals(workload)) {
                workload = summary.workload();
                text.append(System.lineSeparator()).append(workload).append(System.lineSeparator());
                text.append(
                        row("", "messages", "of " + of(workload), "p50", "p99", "broker", "Kafka", "load", "", "", ""));
                text.append(
                        row("variant", "/s", "", "ms", "ms", "us/msg", "us/msg", "CPU", "lost", "dupl.", "disorder"));
            }
            text.append(row(summary));
        }
        return text.toString();
    }

    private static String of(Workload workload) {
        return Summary.yardstick(workload) == Variant.FLOOR ? "floor" : "p.-only";
    }

    private static String row(Summary summary) {
        boolean checked = summary.variant().reachesKafka();
        return row(
                summary.variant().toString(),
                format("%,.0f", summary.perSecond()),
                summary.ratio().isPresent()
                        ? format("%.0f %%", 100 * summary.ratio().getAsDouble())
                        : "",
                format("%.2f", summary.p50Millis()),
                format("%.2f", summary.p99Millis()),
                format("%.1f", summary.brokerCpuMicros()),
                checked ? format("%.1f", summary.kafkaCpuMicros()) : "-",
                format("%.0f %%", 100 * summary.loadCpuShare()),
                checked ? format("%,d", summary.ledger().lost()) : "-",
                checked ? format("%,d", summary.ledger().duplicated()) : "-",
                checked ? format("%,d", summary.ledger().outOfOrder()) : "-");
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-16s %10s %8s %9s %9s %10s %9s %9s %9s %9s %9s%n", cells);
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
