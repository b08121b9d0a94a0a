package io.kafkabridge.benchmark;

import java.util.List;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.kafkabridge.benchmark.run.Plan;
import io.kafkabridge.benchmark.run.Plan.Cell;
import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.Variant;

import static org.assertj.core.api.Assertions.assertThat;

class PlanOptionsTest {

    @Command
    private static final class Options {
        @Mixin
        private PlanOptions options = new PlanOptions();
    }

    private static Plan plan(String... arguments) {
        return CommandLine.populateCommand(new Options(), arguments).options.plan();
    }

    @Test
    void plan_withoutOptions_measuresEveryCombinationOnce() {
        // When
        Plan plan = plan();

        // Then
        assertThat(plan.cells())
                .extracting(Cell::workload)
                .hasSize(2 * 2 * 3 * 3)
                .doesNotHaveDuplicates()
                .contains(new Workload(200, 100, 4096, 0, 3), new Workload(1, 1, 256, 1, 3));
        assertThat(plan.cells()).allSatisfy(cell -> assertThat(cell.variants())
                .contains(cell.workload().qos() == 0 ? Variant.PUBLISH_ONLY : Variant.FLOOR, Variant.BRIDGE));
        assertThat(plan.cells().get(0).variants()).contains(Variant.BRIDGE_AWAY, Variant.CAMEL);
    }

    @Test
    void plan_withLists_combinesThem() {
        // When
        Plan plan = plan("--clients", "1,5", "--qos", "0,1", "--rounds", "2");

        // Then
        assertThat(plan.cells())
                .contains(new Cell(new Workload(5, 10, 256, 0, 3), List.of(Variant.PUBLISH_ONLY, Variant.BRIDGE), 2))
                .hasSize(4);
        assertThat(plan.topics()).isEqualTo(3 + 4 * 2 * 2);
    }

    @Test
    void plan_withQuick_isOneWorkload() {
        // When / Then
        assertThat(plan("--quick").cells()).hasSize(1);
    }
}
