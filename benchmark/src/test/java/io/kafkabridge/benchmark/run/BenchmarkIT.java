package io.kafkabridge.benchmark.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.load.LoadProcess;
import io.kafkabridge.benchmark.variant.Stage;
import io.kafkabridge.benchmark.variant.Variant;
import io.kafkabridge.stack.Checkout;

import static org.assertj.core.api.Assertions.assertThat;

class BenchmarkIT {

    @TempDir
    Path folder;

    @Test
    void run_withFloorAndBridge_losesNothing() throws Exception {
        // Given
        Plan plan = new Plan(
                List.of(new Plan.Cell(new Workload(5, 10, 256, 1, 5), List.of(Variant.FLOOR, Variant.BRIDGE), 1)),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1));
        Path zip = Checkout.root()
                .resolve("extension/target/hivemq-kafka-bridge-" + System.getProperty("project.version") + ".zip");

        // When
        List<Round> rounds;
        try (LoadProcess generator = LoadProcess.start();
                Stage stage = new Stage(folder, zip, zip, plan.topics(), 3)) {
            rounds = new Benchmark(plan, stage, generator, line -> {}).run();
        }

        // Then
        assertThat(rounds).extracting(Round::variant).containsExactly(Variant.FLOOR, Variant.BRIDGE);
        assertThat(rounds).allSatisfy(round -> {
            assertThat(round.load().measured().messages()).isGreaterThan(100);
            assertThat(round.load().disconnected()).isZero();
            assertThat(round.brokerCpuMicros()).isPositive();
            assertThat(round.ledger()).isEqualTo(new LedgerCheck(0, 0, 0));
        });
    }
}
