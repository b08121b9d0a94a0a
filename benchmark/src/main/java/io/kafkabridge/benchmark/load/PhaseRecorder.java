package io.kafkabridge.benchmark.load;

import java.time.Duration;
import java.util.List;

import org.HdrHistogram.Histogram;

/** Records what the clients see from now until {@link #end}. */
final class PhaseRecorder {

    private static final long MAX_LATENCY_MICROS = Duration.ofMinutes(2).toNanos() / 1000;
    private static final double NANOS_A_MILLI = 1e6;

    private final List<LoadClient> clients;
    private final Histogram latencies = new Histogram(MAX_LATENCY_MICROS, 3);
    private final long start = System.nanoTime();
    private final long acknowledgedBefore;

    PhaseRecorder(List<LoadClient> clients) {
        this.clients = clients;
        latencies.setAutoResize(true);
        clients.forEach(client -> client.recordInto(latencies, start));
        acknowledgedBefore = acknowledged();
    }

    /** Messages of this phase that were acknowledged so far. */
    long messages() {
        return acknowledged() - acknowledgedBefore;
    }

    private long acknowledged() {
        return clients.stream().mapToLong(LoadClient::acknowledged).sum();
    }

    LoadPhase end() {
        long now = System.nanoTime();
        return new LoadPhase(
                messages(),
                (now - start) / 1e9,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                clients.stream()
                                .mapToLong(client -> client.longestGap(now))
                                .max()
                                .orElse(0)
                        / NANOS_A_MILLI);
    }
}
