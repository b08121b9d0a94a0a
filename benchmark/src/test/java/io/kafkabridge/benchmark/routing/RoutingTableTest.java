package io.kafkabridge.benchmark.routing;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingTableTest {

    @Test
    void of_withRounds_hasTheBestOfEachAndItsRatioToTheFewestFilters() {
        // When
        String table = RoutingTable.of(List.of(
                new Routing(6, true, 10_000, 300, 0.04),
                new Routing(3, false, 10_000, 190, 0.01),
                new Routing(3, false, 10, 100, 0.01),
                new Routing(6, true, 10, 200, 0.03),
                new Routing(3, false, 10, 130, 0.02),
                new Routing(3, false, 10_000, 150, 24)));

        // Then
        assertThat(table.lines())
                .containsExactly(
                        "| levels | excepts | filters | ns/match | of 10 filters | bytes/match |",
                        "|---:|---|---:|---:|---:|---:|",
                        "| 3 | no | 10 | 100 | 1.00 | 0.0 |",
                        "| 3 | no | 10,000 | 150 | 1.50 | 24.0 |",
                        "| 6 | yes | 10 | 200 | 1.00 | 0.0 |",
                        "| 6 | yes | 10,000 | 300 | 1.50 | 0.0 |");
    }
}
