package io.kafkabridge.benchmark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.run.Round;
import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.Variant;

/**
 * The rounds of one variant with one workload: medians, and sums of what the ledger found.
 *
 * @param ratio messages/s as a share of the yardstick's: the median over the rounds, each compared with the yardstick's turn in the
 *     same round; empty when the yardstick didn't run
 */
public record Summary(
        Workload workload,
        Variant variant,
        double perSecond,
        OptionalDouble ratio,
        double p50Millis,
        double p99Millis,
        double brokerCpuMicros,
        double kafkaCpuMicros,
        double loadCpuShare,
        LedgerCheck ledger,
        long disconnected) {

    /** What the others are compared with: the floor; with QoS 0, which has no acknowledgements, an empty publish interceptor. */
    public static Variant yardstick(Workload workload) {
        return workload.qos() == 0 ? Variant.PUBLISH_ONLY : Variant.FLOOR;
    }

    /** Summaries in the order of the rounds' workloads, the variants in their declared order. */
    public static List<Summary> of(List<Round> rounds) {
        Map<Workload, Map<Variant, List<Round>>> groups = new LinkedHashMap<>();
        for (Round round : rounds) {
            groups.computeIfAbsent(round.workload(), workload -> new LinkedHashMap<>())
                    .computeIfAbsent(round.variant(), variant -> new ArrayList<>())
                    .add(round);
        }
        List<Summary> summaries = new ArrayList<>();
        groups.forEach((workload, variants) -> variants.keySet().stream()
                .sorted(Comparator.naturalOrder())
                .map(variant -> of(variants.getOrDefault(variant, List.of()), variants))
                .forEach(summaries::add));
        return summaries;
    }

    private static Summary of(List<Round> rounds, Map<Variant, List<Round>> variants) {
        Round first = rounds.get(0);
        List<Round> base = variants.getOrDefault(yardstick(first.workload()), List.of());
        List<Double> ratios = new ArrayList<>();
        for (Round round : rounds) {
            base.stream()
                    .filter(other -> other.number() == round.number())
                    .forEach(other -> ratios.add(round.perSecond() / other.perSecond()));
        }
        return new Summary(
                first.workload(),
                first.variant(),
                median(rounds, Round::perSecond),
                ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(ratios)),
                median(rounds, round -> round.load().measured().p50Micros() / 1000),
                median(rounds, round -> round.load().measured().p99Micros() / 1000),
                median(rounds, Round::brokerCpuMicros),
                median(rounds, Round::kafkaCpuMicros),
                median(rounds, Round::loadCpuShare),
                rounds.stream().map(Round::ledger).reduce(new LedgerCheck(0, 0, 0), LedgerCheck::plus),
                rounds.stream().mapToLong(round -> round.load().disconnected()).sum());
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        return median(rounds.stream().map(value::applyAsDouble).toList());
    }

    /** The value in the middle; of an even number, the mean of the two. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
