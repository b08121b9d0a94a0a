package io.kafkabridge.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of the load generator, on one thread: connect, ramp, measure, wait for the last acknowledgements. */
final class LoadRun {

    /** A line that ends a phase and begins the next one; every other line ends the load. */
    static final String NEXT_PHASE = "next";

    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(40);
    private static final Duration NO_LIMIT = Duration.ofDays(1);
    private static final int LOOK_EVERY_MILLIS = 20;

    private final LoadSpec spec;
    private final BufferedReader commands;
    private final List<LoadClient> clients = new ArrayList<>();
    private boolean publishing = true;

    /** Tells, now and then, whether there is nothing more to wait for. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    /**
     * Makes a run.
     *
     * @param commands lines that end the phases, if the run has some
     */
    LoadRun(LoadSpec spec, BufferedReader commands) {
        this.spec = spec;
        this.commands = commands;
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
            work(selector, seconds(spec.rampSeconds()), this::isDone);
            CpuTime cpuBefore = CpuTime.of(spec.observe());
            List<LoadPhase> phases = spec.isPhased() ? phases(selector) : List.of(measure(selector));
            CpuTime cpu = CpuTime.of(spec.observe()).minus(cpuBefore);
            publishing = false;
            work(selector, LAST_ACKNOWLEDGEMENTS, this::isDone);
            return result(phases, cpu);
        } finally {
            clients.forEach(LoadClient::end);
        }
    }

    private LoadPhase measure(Selector selector) throws IOException {
        PhaseRecorder phase = new PhaseRecorder(clients);
        long enough = spec.maxMessages() == 0 ? Long.MAX_VALUE : spec.maxMessages();
        work(selector, seconds(spec.seconds()), () -> phase.messages() >= enough || isDone());
        return phase.end();
    }

    private List<LoadPhase> phases(Selector selector) throws IOException {
        List<LoadPhase> phases = new ArrayList<>();
        String command;
        do {
            PhaseRecorder phase = new PhaseRecorder(clients);
            work(selector, NO_LIMIT, () -> commands.ready() || isDone());
            command = commands.readLine();
            phases.add(phase.end());
        } while (NEXT_PHASE.equals(command));
        return phases;
    }

    private LoadResult result(List<LoadPhase> phases, CpuTime cpu) {
        return new LoadResult(
                phases,
                cpu.observedNanos(),
                cpu.ownNanos(),
                clients.stream().map(LoadClient::published).toList(),
                clients.stream()
                        .flatMap(client -> client.unacknowledged().stream())
                        .toList(),
                (int) clients.stream().filter(client -> !client.isOpen()).count());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** Serves the connections until the time is over or the condition holds. */
    private void work(Selector selector, Duration limit, Condition over) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        long nextLook = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            if (now - end >= 0) {
                return;
            }
            if (now - nextLook >= 0) {
                nextLook = now + Duration.ofMillis(LOOK_EVERY_MILLIS).toNanos();
                if (over.holds()) {
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
