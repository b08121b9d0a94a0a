package io.kafkabridge.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.kafkabridge.benchmark.run.Round;
import io.kafkabridge.benchmark.run.Workload;

/** The figures as JSON: the command, the machine, the summaries and every single round. */
public final class JsonReport {

    private JsonReport() {}

    /**
     * Writes the file, over an older one.
     *
     * @param command the command line that gives these figures
     */
    public static void write(Path file, String command, List<Round> rounds) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put(
                "summaries", Summary.of(rounds).stream().map(JsonReport::json).toList());
        figures.put("rounds", rounds.stream().map(JsonReport::json).toList());
        write(file, command, figures);
    }

    /** Writes other figures, in their order, after the same head. */
    public static void write(Path file, String command, Map<String, ?> figures) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("command", command);
        report.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        report.put("machine", machine());
        report.putAll(figures);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report) + "\n");
    }

    private static Map<String, Object> machine() {
        return Map.of(
                "cpus", Runtime.getRuntime().availableProcessors(),
                "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    private static Map<String, Object> json(Summary summary) {
        Map<String, Object> json = head(summary.workload(), summary.variant().toString());
        json.put("messagesPerSecond", Math.round(summary.perSecond()));
        json.put("yardstick", Summary.yardstick(summary.workload()).toString());
        summary.ratio().ifPresent(ratio -> json.put("ratio", rounded(ratio)));
        json.put("p50Millis", rounded(summary.p50Millis()));
        json.put("p99Millis", rounded(summary.p99Millis()));
        json.put("brokerCpuMicrosPerMessage", rounded(summary.brokerCpuMicros()));
        json.put("kafkaCpuMicrosPerMessage", rounded(summary.kafkaCpuMicros()));
        json.put("loadGeneratorCpus", rounded(summary.loadCpuShare()));
        if (summary.variant().reachesKafka()) {
            json.put("ledger", summary.ledger());
        }
        json.put("disconnected", summary.disconnected());
        return json;
    }

    private static Map<String, Object> json(Round round) {
        Map<String, Object> json = head(round.workload(), round.variant().toString());
        json.put("round", round.number());
        json.put("messages", round.load().measured().messages());
        json.put("seconds", rounded(round.load().measured().seconds()));
        json.put("messagesPerSecond", Math.round(round.perSecond()));
        json.put("p50Millis", rounded(round.load().measured().p50Micros() / 1000));
        json.put("p99Millis", rounded(round.load().measured().p99Micros() / 1000));
        json.put("brokerCpuMicrosPerMessage", rounded(round.brokerCpuMicros()));
        json.put("kafkaCpuMicrosPerMessage", rounded(round.kafkaCpuMicros()));
        json.put("loadGeneratorCpus", rounded(round.loadCpuShare()));
        json.put("maxGapMillis", rounded(round.load().measured().maxGapMillis()));
        json.put("unacknowledged", round.load().unacknowledged().size());
        json.put("catchUpSeconds", rounded(round.catchUpSeconds()));
        if (round.variant().reachesKafka()) {
            json.put("ledger", round.ledger());
        }
        return json;
    }

    private static Map<String, Object> head(Workload workload, String variant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workload", workload);
        json.put("variant", variant);
        return json;
    }

    /** With three decimals. */
    public static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
