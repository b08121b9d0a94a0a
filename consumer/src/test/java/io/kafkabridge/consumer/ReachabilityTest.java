package io.kafkabridge.consumer;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import io.kafkabridge.common.Console;

import static org.assertj.core.api.Assertions.assertThat;

class ReachabilityTest {
    @Test
    void saysOnceThatKafkaIsAwayAndOnceThatItIsBack() {
        // Given
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        Reachability kafka = new Reachability(console, KafkaOptionsTest.parsed("--bootstrap-servers=kafka:9092"));

        // When
        kafka.back();
        kafka.away(" (hint)");
        kafka.away(" (hint)");
        kafka.back();
        kafka.back();

        // Then
        assertThat(err.toString().lines())
                .containsExactly("Cannot reach Kafka at kafka:9092, still trying (hint)", "Kafka is back");
    }
}
