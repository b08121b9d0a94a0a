package io.kafkabridge.it;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;

import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.LoadClient.Pace;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;
import io.kafkabridge.stack.TcpProxy;

/** One random fault after the other while the load goes on. The output of the test tells all of them, and the seed. */
class SoakIT {

    private static final Pace MODERATE = new Pace(300, 0);
    private static final int SLOW = 1_000_000 / 8;

    private enum Fault {
        KAFKA_KILLED,
        KAFKA_PAUSED,
        HIVEMQ_KILLED,
        HIVEMQ_STOPPED,
        BOTH_KILLED,
        CONNECTIONS_RESET,
        BLACK_HOLE,
        SLOW_NETWORK
    }

    private TcpProxy network;
    private LoadedBridge bridge;

    @BeforeEach
    void start(@TempDir final Path folder) {
        final int port = Ports.free();
        network = TcpProxy.to(port);
        bridge = new LoadedBridge(folder, Kafka.builder().listener(SecurityProtocol.PLAINTEXT, port, network.port()))
                .startHiveMq("");
    }

    @AfterEach
    void stop() {
        bridge.close();
        network.close();
    }

    @Test
    void randomFaultsUnderLoad_loseNothing() {
        // Given
        log("To see the same faults again: -Dit.test=SoakIT -Dfaults.seed=" + Faults.SEED);
        final Random random = new Random(Faults.SEED);
        bridge.startClients(MODERATE);
        final long end = System.nanoTime() + Faults.SOAK.toNanos();
        while (System.nanoTime() < end) {
            // When
            final Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            final Duration time = upTo(Faults.LONGEST, random);
            final Duration calm = upTo(Duration.ofSeconds(2), random);
            log(fault + " for " + time.toMillis() + " ms, then " + calm.toMillis() + " ms calm");
            happen(fault, time);
            Faults.last(calm); // Sometimes not enough to recover.
        }

        // Then
        log("no more faults");
        bridge.load().awaitProgress();
        bridge.verify();
    }

    private void happen(final Fault fault, final Duration time) {
        switch (fault) {
            case KAFKA_KILLED -> during(time, bridge.kafka()::kill, bridge.kafka()::start);
            case KAFKA_PAUSED -> during(time, bridge.kafka()::pause, bridge.kafka()::resume);
            case HIVEMQ_KILLED -> during(time, bridge.hivemq()::kill, bridge.hivemq()::start);
            case HIVEMQ_STOPPED -> during(time, bridge.hivemq()::stop, bridge.hivemq()::start);
            case BOTH_KILLED ->
                during(
                        time,
                        () -> {
                            bridge.kafka().kill();
                            bridge.hivemq().kill();
                        },
                        () -> {
                            bridge.hivemq().start();
                            bridge.kafka().start();
                        });
            case CONNECTIONS_RESET -> during(time, network::reset, network::reset);
            case BLACK_HOLE -> during(time, network::blackHole, network::pass);
            case SLOW_NETWORK -> during(time, () -> network.limit(SLOW), network::pass);
        }
    }

    private static void during(final Duration time, final Runnable begin, final Runnable end) {
        begin.run();
        Faults.last(time);
        end.run();
    }

    private static Duration upTo(final Duration longest, final Random random) {
        return Duration.ofMillis(random.nextInt((int) longest.toMillis()));
    }

    private static void log(final String line) {
        System.out.println(LocalTime.now(ZoneId.systemDefault()) + " " + line);
    }
}
