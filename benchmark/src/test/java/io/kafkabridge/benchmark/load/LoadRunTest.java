package io.kafkabridge.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/** Against the sink, on a thread of this process. */
class LoadRunTest {

    private static int startSink() {
        int port = Ports.free();
        Thread sink = new Thread(() -> run(port), "sink");
        sink.setDaemon(true);
        sink.start();
        return port;
    }

    private static void run(int port) {
        try {
            SinkMain.main(new String[] {Integer.toString(port)});
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static LoadResult load(int port, int clients, int window, int size, int qos) throws IOException {
        LoadSpec spec = new LoadSpec(
                port,
                3,
                clients,
                window,
                size,
                qos,
                "test",
                0,
                20,
                2_000,
                List.of(ProcessHandle.current().pid()));
        return load(spec, new BufferedReader(Reader.nullReader()));
    }

    private static LoadResult load(LoadSpec spec, BufferedReader commands) throws IOException {
        while (true) {
            try {
                return new LoadRun(spec, commands).run();
            } catch (java.net.ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {0, 1})
    void run_withTwoClients_hasEveryMessageAcknowledged(int qos) throws IOException {
        // Given
        int port = startSink();

        // When
        LoadResult result = load(port, 2, 10, 256, qos);

        // Then
        assertThat(result.measured().messages()).isBetween(2_000L, 2_000_000L);
        assertThat(result.published()).hasSize(2).allMatch(count -> count > 100);
        assertThat(result.published().stream().mapToLong(Long::longValue).sum())
                .isGreaterThanOrEqualTo(result.measured().messages());
        assertThat(result.unacknowledged()).isEmpty();
        assertThat(result.disconnected()).isZero();
        assertThat(result.measured().seconds()).isLessThan(20);
        assertThat(result.measured().p50Micros())
                .isPositive()
                .isLessThanOrEqualTo(result.measured().p99Micros());
        assertThat(result.cpuNanos()).hasSize(1);
    }

    @Test
    void run_withPhases_goesOnUntilTold() throws IOException {
        // Given
        LoadSpec spec = new LoadSpec(startSink(), 3, 2, 10, 256, 1, "test", 0, 0, 0, List.of());
        BufferedReader commands = new BufferedReader(new StringReader("next\nend\n")) {
            private int looks;

            @Override
            public boolean ready() {
                return ++looks % 5 == 0;
            }
        };

        // When
        LoadResult result = load(spec, commands);

        // Then
        assertThat(result.phases()).hasSize(2).allSatisfy(phase -> {
            assertThat(phase.messages()).isPositive();
            assertThat(phase.seconds()).isGreaterThan(0.05);
            assertThat(phase.maxGapMillis()).isPositive().isLessThanOrEqualTo(1000 * phase.seconds());
        });
        assertThat(result.unacknowledged()).isEmpty();
    }

    @Test
    void run_withLargePayloads_keepsPacketsWhole() throws IOException {
        // Given
        int port = startSink();

        // When
        LoadResult result = load(port, 3, 100, 100_000, 1);

        // Then
        assertThat(result.measured().messages()).isGreaterThanOrEqualTo(2_000);
        assertThat(result.unacknowledged()).isEmpty();
        assertThat(result.disconnected()).isZero();
    }
}
