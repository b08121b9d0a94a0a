package io.kafkabridge.benchmark.report;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.load.LoadPhase;
import io.kafkabridge.benchmark.load.LoadResult;
import io.kafkabridge.benchmark.run.Round;
import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.Variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SummaryTest {

    private static final Workload WORKLOAD = new Workload(20, 10, 256, 1, 3);

    private static Round round(Workload workload, Variant variant, int number, long messages, long lost) {
        LoadResult load = new LoadResult(
                List.of(new LoadPhase(messages, 2, 500, 4000, 9)), List.of(), 0, List.of(), List.of(), 0);
        return new Round(workload, variant, number, load, 10, 5, 0.1, new LedgerCheck(lost, 0, 0), 0);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"7, 7", "3 1 2, 2", "4 1 3 2, 2.5"})
    void median_takesTheMiddle(String values, double expected) {
        // Given
        List<Double> list = new ArrayList<>();
        for (String value : values.split(" ", -1)) {
            list.add(Double.valueOf(value));
        }

        // When / Then
        assertThat(Summary.median(list)).isEqualTo(expected);
    }

    @Test
    void of_withRounds_comparesTurnsOfTheSameRound() {
        // Given a machine that gets slower from round to round
        List<Round> rounds = List.of(
                round(WORKLOAD, Variant.FLOOR, 1, 1000, 0),
                round(WORKLOAD, Variant.BRIDGE, 1, 900, 0),
                round(WORKLOAD, Variant.BRIDGE, 2, 400, 2),
                round(WORKLOAD, Variant.FLOOR, 2, 500, 0),
                round(WORKLOAD, Variant.FLOOR, 3, 100, 0),
                round(WORKLOAD, Variant.BRIDGE, 3, 70, 1));

        // When
        List<Summary> summaries = Summary.of(rounds);

        // Then
        assertThat(summaries).extracting(Summary::variant).containsExactly(Variant.FLOOR, Variant.BRIDGE);
        Summary bridge = summaries.get(1);
        assertThat(bridge.perSecond()).isEqualTo(200);
        assertThat(bridge.ratio().orElseThrow()).isCloseTo(0.8, within(1e-9));
        assertThat(bridge.p50Millis()).isEqualTo(0.5);
        assertThat(bridge.ledger().lost()).isEqualTo(3);
    }

    @Test
    void of_withQos0_comparesWithPublishInterceptorAlone() {
        // Given
        Workload qos0 = new Workload(20, 10, 256, 0, 3);

        // When
        List<Summary> summaries = Summary.of(
                List.of(round(qos0, Variant.PUBLISH_ONLY, 1, 1000, 0), round(qos0, Variant.BRIDGE, 1, 950, 0)));

        // Then
        assertThat(summaries.get(1).ratio()).hasValue(0.95);
        assertThat(Table.of(summaries)).contains("of p.-only").containsPattern("bridge +475 +95 %");
    }
}
