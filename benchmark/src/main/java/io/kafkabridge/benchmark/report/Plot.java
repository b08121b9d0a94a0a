package io.kafkabridge.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.Variant;

/** The figures of the first workload as an SVG of bars, readable on light and dark pages. */
public final class Plot {

    private static final int WIDTH = 840;
    private static final int TOP = 64;
    private static final int ROW = 34;
    private static final int BAR = 20;
    private static final int LEFT = 170;
    private static final int LONGEST = 420;

    private Plot() {}

    /** Writes the plot, over an older one. */
    public static void write(Path file, List<Summary> all) throws IOException {
        Workload workload = all.get(0).workload();
        List<Summary> bars = all.stream()
                .filter(summary -> summary.workload().equals(workload))
                .filter(summary -> summary.variant() != Variant.SINK)
                .toList();
        double longest = bars.stream().mapToDouble(Summary::perSecond).max().orElse(1);
        String title = "Acknowledged messages/s: " + workload;
        int height = TOP + bars.size() * ROW + 8;
        StringBuilder svg = new StringBuilder(head(height, title));
        svg.append(text(16, 26, "title", title));
        svg.append(text(
                16,
                46,
                "note",
                Runtime.getRuntime().availableProcessors()
                        + " CPUs for load generator, HiveMQ and Kafka together. docs/benchmark.md"));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(bar(bars.get(i), TOP + i * ROW, longest));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static String head(int height, String title) {
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="%3$s">
            <style>
            text{font:14px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#24292f}
            .title{font-size:16px;font-weight:600}.note{fill:#57606a;font-size:12px}
            .bar{fill:#8c959f}.ours{fill:#1f883d}
            @media (prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9aa4b2}.bar{fill:#6e7681}.ours{fill:#2ea043}}
            </style>
            """.formatted(WIDTH, height, title);
    }

    private static String bar(Summary summary, int y, double longest) {
        int length = (int) Math.max(2, summary.perSecond() / longest * LONGEST);
        String style = summary.variant().name().startsWith(Variant.BRIDGE.name()) ? "ours" : "bar";
        String label = String.format(Locale.ROOT, "%,.0f", summary.perSecond());
        if (summary.ledger().lost() > 0) {
            label += String.format(Locale.ROOT, ", %,d lost", summary.ledger().lost());
        } else if (summary.ratio().isPresent() && summary.variant() != Summary.yardstick(summary.workload())) {
            label += String.format(
                    Locale.ROOT,
                    "  (%.0f %% of the floor)",
                    100 * summary.ratio().getAsDouble());
        }
        return text(16, y + BAR - 5, "", summary.variant().toString())
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>%n",
                        style,
                        LEFT,
                        y,
                        length,
                        BAR)
                + text(LEFT + length + 8, y + BAR - 5, "", label);
    }

    private static String text(int x, int y, String style, String content) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + style + "\">" + content + "</text>\n";
    }
}
