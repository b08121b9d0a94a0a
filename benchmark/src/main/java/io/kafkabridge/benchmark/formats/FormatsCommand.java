package io.kafkabridge.benchmark.formats;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.kafkabridge.benchmark.formats.candidate.Candidate;
import io.kafkabridge.stack.Checkout;

/** {@code ./bench formats}: compares what the spool could keep its records in. */
@Command(
        name = "formats",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Compares disk formats for the spool: durable appends, reading back, size, heap, and what a crash leaves.",
            "Without options: about 6 minutes, and 1.5 GB of disk."
        },
        footer = {"", "What was decided by it: docs/design.md."})
public final class FormatsCommand implements Callable<Integer> {

    private static final List<Integer> HEAPS = List.of(16, 32, 64);
    private static final double MEGABYTE = 1e6;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--candidates",
            split = ",",
            defaultValue = "PLAIN,KAFKA,KAHADB,MVSTORE,SQLITE",
            description = "Some of: ${COMPLETION-CANDIDATES}.")
    private List<Candidate> candidates = List.of();

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "10,200,2000",
            description = "Records of each durable append (${DEFAULT-VALUE}); divisors of 2000.")
    private List<Integer> batches = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "9",
            description = "Rounds, of which medians are taken, after one that doesn't count (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "0.5",
            description = "Seconds of appending, and of reading, in each round (${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--trials",
            defaultValue = "20",
            description = "Damages of each kind to each candidate (${DEFAULT-VALUE}), or 0.")
    private int trials;

    @Option(
            names = "--megabytes",
            defaultValue = "1000",
            description = "What is read back in a small heap (${DEFAULT-VALUE}), or 0.")
    private int megabytes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Checkout.root().resolve(".local/formats");
        try {
            out.println("\n" + FormatsTable.speed(speeds(folder)));
            out.flush();
            for (Damage.Kind kind : trials == 0 ? new Damage.Kind[0] : Damage.Kind.values()) {
                out.println(FormatsTable.damage(kind, damages(kind, folder)));
                out.flush();
            }
            if (megabytes > 0) {
                smallHeap(folder, out);
            }
        } finally {
            Folders.delete(folder);
        }
        out.flush();
        return 0;
    }

    private Map<Integer, Map<Candidate, List<Speed>>> speeds(Path folder) throws IOException {
        Map<Integer, Map<Candidate, List<Speed>>> speeds = new TreeMap<>();
        Duration time = Duration.ofMillis((long) (1000 * seconds));
        for (int round = 0; round <= rounds; round++) {
            for (int batch : batches) {
                List<Candidate> turns = new ArrayList<>(candidates);
                Collections.rotate(turns, round);
                for (Candidate candidate : turns) {
                    Speed speed = Speed.measure(candidate, folder, batch, time);
                    if (round > 0) {
                        speeds.computeIfAbsent(batch, any -> new EnumMap<>(Candidate.class))
                                .computeIfAbsent(candidate, any -> new ArrayList<>())
                                .add(speed);
                    }
                }
            }
        }
        return speeds;
    }

    private Map<Candidate, List<Damage>> damages(Damage.Kind kind, Path folder) throws IOException {
        Map<Candidate, List<Damage>> damages = new EnumMap<>(Candidate.class);
        for (Candidate candidate : candidates) {
            Sample sample = new Sample();
            Path crashed = folder.resolve("crashed");
            Damage.crash(candidate, folder.resolve("running"), crashed, sample);
            Random random = new Random(1);
            for (int i = 0; i < trials; i++) {
                Path copy = folder.resolve("copy");
                Folders.copy(crashed, copy);
                damages.computeIfAbsent(candidate, any -> new ArrayList<>())
                        .add(Damage.inflict(kind, candidate, copy, sample, random));
            }
        }
        return damages;
    }

    private void smallHeap(Path folder, PrintWriter out) throws IOException, InterruptedException {
        long records = (long) (megabytes * MEGABYTE) / (Sample.KEY_BYTES + Sample.VALUE_BYTES) / 2_000 * 2_000;
        out.printf("| format | heap to read back %,d MB (of %s MB) | jars |%n|---|---:|---:|%n", megabytes, HEAPS);
        for (Candidate candidate : candidates) {
            int heap = SmallHeapMain.smallestHeap(candidate, folder.resolve("large"), records, HEAPS);
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f MB |%n",
                    candidate,
                    heap == 0 ? "not enough" : heap + " MB",
                    candidate.jarBytes() / MEGABYTE);
            out.flush();
        }
    }
}
