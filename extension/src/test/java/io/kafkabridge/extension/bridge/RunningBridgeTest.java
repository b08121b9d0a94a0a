package io.kafkabridge.extension.bridge;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.intake.Gate;
import io.kafkabridge.extension.intake.Intake;
import io.kafkabridge.extension.intake.PublishLimits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A start is all or nothing, wherever it fails. */
class RunningBridgeTest {

    private static final String XML = """
            <kafka-configuration>
              <kafka-clusters>
                <kafka-cluster>
                  <id>c1</id><bootstrap-servers>127.0.0.1:1</bootstrap-servers><shutdown-timeout>1s</shutdown-timeout>
                </kafka-cluster>
                <kafka-cluster>
                  <id>c2</id><bootstrap-servers>127.0.0.1:1</bootstrap-servers><shutdown-timeout>1s</shutdown-timeout>
                </kafka-cluster>
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <mqtt-to-kafka-mapping>
                  <id>m1</id>
                  <cluster-id>c1</cluster-id>
                  <mqtt-topic-filters><mqtt-topic-filter>a</mqtt-topic-filter></mqtt-topic-filters>
                  <kafka-topic>a</kafka-topic>
                </mqtt-to-kafka-mapping>
              </mqtt-to-kafka-mappings>
              <monitoring><port>%s</port></monitoring>
            </kafka-configuration>
            """;

    @TempDir
    private Path folder;

    private RunningBridge.Place place;

    @BeforeEach
    void install() throws IOException {
        final Path file = folder.resolve("config.xml");
        try (ServerSocket free = new ServerSocket(0)) {
            Files.writeString(file, XML.formatted(free.getLocalPort()));
        }
        place = new RunningBridge.Place(folder, file, folder.resolve("data"), "1.2.3", PublishLimits.NONE, Map.of());
    }

    /** A broker that lets the bridge register so many metrics, and itself if it says so. */
    static final class Broker extends MetricRegistry implements HiveMq {

        private int metricsLeft;
        private final boolean registers;

        @Nullable
        Gate gate;

        Broker(final int metrics, final boolean registers) {
            this.metricsLeft = metrics;
            this.registers = registers;
        }

        @Override
        public <T extends Metric> T register(final String name, final T metric) {
            if (metricsLeft-- == 0) {
                throw new IllegalStateException("no more metrics");
            }
            return super.register(name, metric);
        }

        @Override
        public MetricRegistry metrics() {
            return this;
        }

        @Override
        public CompletableFuture<Void> disconnect(final String clientId, final String reason) {
            throw new AssertionError("nobody is connected");
        }

        @Override
        public CompletableFuture<Optional<SessionInformation>> session(final String clientId) {
            throw new AssertionError("nobody is connected");
        }

        @Override
        public void register(final Intake intake) {
            if (!registers) {
                throw new IllegalStateException("no registration");
            }
        }

        @Override
        public void register(final Gate asked) {
            gate = asked;
        }
    }

    private RunningBridge start(final Broker broker) throws InterruptedException {
        return RunningBridge.start(place, broker);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains("kafka") || name.equals("HTTP-Dispatcher"))
                .sorted()
                .toList();
    }

    private static void assertNothingIsLeft(final Broker broker, final List<String> before) {
        await().untilAsserted(() -> assertThat(threads()).isEqualTo(before));
        assertThat(broker.getMetrics()).isEmpty();
    }

    @Test
    void startThatFailsAtAnyMetric_leavesNothing() throws Exception {
        final List<String> before = threads();
        int metrics = 0;
        boolean started = false;
        while (!started) {
            // When
            final Broker broker = new Broker(metrics++, true);
            try {
                final RunningBridge running = start(broker);
                started = true;
                assertThat(threads()).contains("hivemq-kafka-bridge-config", "hivemq-kafka-bridge-http");
                running.stop();
            } catch (final IllegalStateException e) {
                assertThat(e).hasMessage("no more metrics");
            }

            // Then
            assertNothingIsLeft(broker, before);
        }
        assertThat(metrics).as("places where it can fail").isGreaterThan(20);
    }

    @Test
    void startThatFailsAtTheRegistration_leavesNothing() {
        // Given
        final List<String> before = threads();
        final Broker broker = new Broker(Integer.MAX_VALUE, false);

        // When
        assertThatThrownBy(() -> start(broker)).hasMessage("no registration");

        // Then
        assertNothingIsLeft(broker, before);
    }

    @Test
    void startedClosed_letsNobodyIn_andStops() {
        // Given
        final List<String> before = threads();
        final Broker broker = new Broker(0, true);

        // When
        final RunningBridge running = RunningBridge.startClosed(place, broker);

        // Then
        assertThat(requireNonNull(broker.gate).isClosed()).isTrue();
        running.stop();
        assertNothingIsLeft(broker, before);
    }

    @Test
    void portInUse_isNoFailure() throws Exception {
        // Given
        final List<String> before = threads();
        final Broker broker = new Broker(Integer.MAX_VALUE, true);
        try (ServerSocket other = new ServerSocket(0)) {
            Files.writeString(place.config(), XML.formatted(other.getLocalPort()));

            // When
            final RunningBridge running = start(broker);

            // Then
            assertThat(threads()).contains("hivemq-kafka-bridge-config");
            running.stop();
        }
        assertNothingIsLeft(broker, before);
    }
}
