package io.kafkabridge.benchmark.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;

/** One run of the load generator, on one thread: connect, ramp, measure, wait for the last acknowledgements. */
final class LoadRun {

    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(40);
    private static final long MAX_LATENCY_MICROS = Duration.ofMinutes(2).toNanos() / 1000;
    private static final int LOOK_EVERY_MILLIS = 20;

    private final LoadSpec spec;
    private final List<LoadClient> clients = new ArrayList<>();
    private boolean publishing = true;

    LoadRun(LoadSpec spec) {
        this.spec = spec;
    }

    LoadResult run() throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < spec.clients(); i++) {
                clients.add(new LoadClient(spec, i));
            }
            for (LoadClient client : clients) {
                client.register(selector);
                client.send(true);
            }
            work(selector, seconds(spec.rampSeconds()), Long.MAX_VALUE);
            return measure(selector);
        } finally {
            clients.forEach(LoadClient::end);
        }
    }

    private LoadResult measure(Selector selector) throws IOException {
        Histogram latencies = new Histogram(MAX_LATENCY_MICROS, 3);
        latencies.setAutoResize(true);
        clients.forEach(client -> client.recordInto(latencies));
        CpuTime cpuBefore = CpuTime.of(spec.observe());
        long messagesBefore = acknowledged();
        long start = System.nanoTime();
        work(
                selector,
                seconds(spec.seconds()),
                spec.maxMessages() == 0 ? Long.MAX_VALUE : messagesBefore + spec.maxMessages());
        double elapsed = (System.nanoTime() - start) / 1e9;
        long messages = acknowledged() - messagesBefore;
        CpuTime cpu = CpuTime.of(spec.observe()).minus(cpuBefore);
        double p50 = latencies.getValueAtPercentile(50);
        double p99 = latencies.getValueAtPercentile(99);

        publishing = false;
        work(selector, LAST_ACKNOWLEDGEMENTS.toNanos(), Long.MAX_VALUE);
        return new LoadResult(
                messages,
                elapsed,
                p50,
                p99,
                cpu.observedNanos(),
                cpu.ownNanos(),
                clients.stream().map(LoadClient::published).toList(),
                clients.stream()
                        .flatMap(client -> client.unacknowledged().stream())
                        .toList(),
                (int) clients.stream().filter(client -> !client.isOpen()).count());
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    private long acknowledged() {
        return clients.stream().mapToLong(LoadClient::acknowledged).sum();
    }

    /** Serves the connections until the time is over, so many are acknowledged, or nothing is left to be done. */
    private void work(Selector selector, long nanos, long untilAcknowledged) throws IOException {
        long end = System.nanoTime() + nanos;
        long nextLook = 0;
        while (true) {
            long now = System.nanoTime();
            if (now - end >= 0) {
                return;
            }
            if (now - nextLook >= 0) {
                nextLook = now + Duration.ofMillis(LOOK_EVERY_MILLIS).toNanos();
                if (acknowledged() >= untilAcknowledged || isDone()) {
                    return;
                }
            }
            selector.select(this::serve, LOOK_EVERY_MILLIS);
        }
    }

    private void serve(SelectionKey key) {
        LoadClient client = (LoadClient) key.attachment();
        if (!key.isReadable() || client.receive()) {
            client.send(publishing);
        }
    }

    private boolean isDone() {
        return clients.stream().noneMatch(client -> client.isOpen() && (publishing || !client.isIdle()));
    }
}
