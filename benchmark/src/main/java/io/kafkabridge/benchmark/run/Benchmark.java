package io.kafkabridge.benchmark.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.kafkabridge.benchmark.ledger.Ledger;
import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.ledger.TopicReader;
import io.kafkabridge.benchmark.load.LoadProcess;
import io.kafkabridge.benchmark.load.LoadResult;
import io.kafkabridge.benchmark.variant.RunningVariant;
import io.kafkabridge.benchmark.variant.Stage;
import io.kafkabridge.benchmark.variant.Variant;

/** Runs a plan on a stage. For one thread. */
public final class Benchmark {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_AFTER_OUTAGE = Duration.ofSeconds(30);
    private static final double NANOS_A_MICRO = 1e3;

    private final Plan plan;
    private final Stage stage;
    private final LoadProcess generator;
    private final Consumer<String> progress;

    /**
     * Makes a benchmark.
     *
     * @param stage with the topics that the plan takes
     * @param progress gets a line for each step
     */
    public Benchmark(Plan plan, Stage stage, LoadProcess generator, Consumer<String> progress) {
        this.plan = plan;
        this.stage = stage;
        this.generator = generator;
        this.progress = progress;
    }

    /**
     * Starts what the plan needs, warms it up, and measures.
     *
     * @throws IOException if a process doesn't start or ends
     */
    public List<Round> run() throws IOException {
        for (Variant variant : plan.variants()) {
            stage.start(List.of(variant));
            RunningVariant running = stage.get(variant);
            int topic = stage.newTopic();
            LoadResult load = generator.run(Workload.warmUp(running, topic, plan.warmUp()));
            check(running, load, topic);
            progress.accept(String.format(
                    Locale.ROOT,
                    "warm-up: %s (process %s), %,d messages",
                    variant,
                    running.brokerPids(),
                    load.measured().messages()));
        }
        List<Round> rounds = new ArrayList<>();
        for (Plan.Cell cell : plan.cells()) {
            for (int number = 1; number <= cell.rounds(); number++) {
                List<Variant> turns = new ArrayList<>(cell.variants());
                Collections.rotate(turns, number - 1);
                for (Variant variant : turns) {
                    Round round = measure(cell.workload(), variant, number);
                    rounds.add(round);
                    progress.accept(line(round, cell.rounds()));
                }
            }
        }
        return rounds;
    }

    private Round measure(Workload workload, Variant variant, int number) throws IOException {
        RunningVariant running = stage.get(variant);
        int topic = stage.newTopic();
        running.beforeLoad();
        Duration ramp = plan.ramp().plus(running.settling());
        LoadResult load = generator.run(workload.spec(running, topic, ramp, plan.seconds(), 0));
        running.afterLoad();
        long end = System.nanoTime();
        LedgerCheck check = check(running, load, topic);
        int brokers = running.brokerPids().size();
        List<Long> cpu = load.cpuNanos();
        return new Round(
                workload,
                variant,
                number,
                load,
                perMessage(cpu.subList(0, brokers), load),
                perMessage(cpu.subList(brokers, cpu.size()), load),
                load.ownCpuNanos() / (load.measured().seconds() * 1e9),
                check,
                (System.nanoTime() - end) / 1e9);
    }

    /** Reads what reached Kafka; so long it takes, a forwarder that lags behind doesn't disturb the next variant's turn. */
    private static LedgerCheck check(RunningVariant running, LoadResult load, int topic) {
        if (!running.variant().reachesKafka()) {
            return new LedgerCheck(0, 0, 0);
        }
        return TopicReader.read(
                running.kafka().orElseThrow().bootstrapServers(),
                Variant.kafkaTopic(topic),
                new Ledger(load),
                running.kafkaAway() ? PATIENCE_AFTER_OUTAGE : PATIENCE);
    }

    private static double perMessage(List<Long> nanos, LoadResult load) {
        long sum = nanos.stream().mapToLong(Long::longValue).sum();
        return sum / NANOS_A_MICRO / Math.max(1, load.measured().messages());
    }

    private static String line(Round round, int rounds) {
        String disconnected = round.load().disconnected() == 0
                ? ""
                : ", " + round.load().disconnected() + " clients disconnected by the broker";
        String readBack = round.variant() == Variant.BRIDGE_AWAY
                ? String.format(Locale.ROOT, ", all in Kafka %.1f s after it was there again", round.catchUpSeconds())
                : "";
        return String.format(
                Locale.ROOT,
                "%s, round %d of %d: %s %,.0f/s, %.1f us of broker CPU, %d lost, %d duplicated, %d out of order%s%s",
                round.workload(),
                round.number(),
                rounds,
                round.variant(),
                round.perSecond(),
                round.brokerCpuMicros(),
                round.ledger().lost(),
                round.ledger().duplicated(),
                round.ledger().outOfOrder(),
                disconnected,
                readBack);
    }
}
