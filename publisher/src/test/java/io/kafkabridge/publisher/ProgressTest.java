package io.kafkabridge.publisher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.kafkabridge.common.Console;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final StartSignal start = new StartSignal(2);

    @Test
    void showsRateAndLatencies() {
        // Given
        Progress progress = startedProgress(false);
        acknowledge(progress, 1, 2);
        progress.sent(Delivery.due("late", System.nanoTime()));

        // When
        progress.show();

        // Then
        assertThat(out.toString().lines().toList())
                .satisfiesExactly(line -> assertThat(line).isEqualTo("Connected: 2 clients"), line -> assertThat(line)
                        .matches("  0 s  \\d+/s  2 acknowledged  1 in flight  p50 1.00  p99 2.00  max 2.00 ms"));
    }

    @Test
    void aTerminalHasOneLineThatIsRewritten() {
        // Given
        Progress progress = startedProgress(true);

        // When
        progress.show();
        progress.show();

        // Then
        assertThat(out.toString()).contains("\r\u001B[K").containsOnlyOnce("\n");
    }

    @Test
    void summarizesTheWholeRun() {
        // Given
        Progress progress = startedProgress(false);
        acknowledge(progress, 1, 2);
        progress.show();
        acknowledge(progress, 3, 400);
        progress.failed(Delivery.due("no", System.nanoTime()), "Refused by the broker, quota exceeded (0x97)");
        progress.failed(Delivery.due("no", System.nanoTime()), "Refused by the broker, quota exceeded (0x97)");
        out.getBuffer().setLength(0);

        // When
        progress.summarize();

        // Then
        assertThat(out.toString()).matches("""
                        Published by 2 clients in \\d\\.\\d s: 4 messages, \\d+/s
                        Latency from PUBLISH to PUBACK: p50 2.00  p90 400  p99 400  p99.9 400  max 400 ms
                        Failed: 2, Refused by the broker, quota exceeded \\(0x97\\)
                        """);
        assertThat(err).hasToString("Refused by the broker, quota exceeded (0x97)\n");
    }

    @Test
    void saysTheSameOnceForAllClients() {
        // Given
        Progress progress = startedProgress(false);

        // When
        progress.connectionLost("the broker closed the connection");
        progress.connectionLost("the broker closed the connection");
        progress.notConnected("Cannot connect to kafka:1883: no answer", Duration.ofSeconds(1), new Exception());
        progress.notConnected("Cannot connect to kafka:1883: no answer", Duration.ofSeconds(2), new Exception());
        progress.show();

        // Then
        assertThat(err.toString().lines())
                .containsExactly(
                        "Connection lost: the broker closed the connection",
                        "Cannot connect to kafka:1883: no answer; trying again");
        assertThat(out.toString()).endsWith("  0 in flight  0 of 2 connected\n");
    }

    @Test
    void tellsWhatStaysOnDisk() {
        // Given
        Progress progress = startedProgress(false);
        progress.unanswered(3, Path.of("state", "a"));
        progress.unanswered(4, Path.of("state", "b"));

        // When
        progress.summarize();

        // Then
        assertThat(err)
                .hasToString("Without acknowledgement: 7; QoS 1 and 2 are sent again at the next start with as many"
                        + " clients, from state\n");
    }

    private Progress startedProgress(boolean inPlace) {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);
        Progress progress = new Progress(console, inPlace, new Counts.Plan(2, 1, null), start, Path.of("state"));
        for (int client = 0; client < 2; client++) {
            start.ready();
            progress.connected();
        }
        return progress;
    }

    private static void acknowledge(Progress progress, long... millis) {
        long now = System.nanoTime();
        for (long latency : millis) {
            Delivery delivery =
                    Delivery.due("hello", now - Duration.ofMillis(latency).toNanos());
            progress.sent(delivery);
            progress.published(delivery, now);
        }
    }
}
