package io.kafkabridge.benchmark.drain;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.load.LoadPhase;

import static org.assertj.core.api.Assertions.assertThat;

class DrainTableTest {

    private static DrainRound round(double drainPerSecond, boolean drained, long lost) {
        LoadPhase live = new LoadPhase(60_000, 2, 1_000, 4_000, 12);
        LoadPhase change = new LoadPhase(9_000, 4, 1_000, 4_000, 3_140);
        LoadPhase fill = new LoadPhase(400_000, 8, 1_000, 4_000, 15);
        LoadPhase drain = new LoadPhase(100_000, 10, 20_000, 90_000, 120);
        return new DrainRound(
                live, change, fill, 765_432, drain, drainPerSecond, drained, new LedgerCheck(lost, 0, 0), 0);
    }

    @Test
    void of_withRounds_hasARowForEachAndMedians() {
        // When
        List<String> rows = DrainTable.of(
                        List.of(round(100_000, true, 0), round(75_000, true, 2), round(80_000, true, 1)))
                .lines()
                .map(row -> row.strip().replaceAll(" +", " "))
                .toList();

        // Then
        assertThat(rows)
                .hasSize(6)
                .contains("1 3.1 50,000 765,432 100,000 2.00 10,000 10.0 20.0 90.0 0 0 0")
                .contains("median 3.1 50,000 765,432 80,000 1.60 10,000 10.0 20.0 90.0 3 0 0");
    }

    @Test
    void of_withDrainThatWasGivenUp_saysNever() {
        // When
        String table = DrainTable.of(List.of(round(40_000, false, 0)));

        // Then
        assertThat(table).containsPattern("median .* 0\\.80 +10,000 +never");
    }
}
