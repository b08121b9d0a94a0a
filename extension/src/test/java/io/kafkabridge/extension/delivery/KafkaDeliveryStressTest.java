package io.kafkabridge.extension.delivery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.delivery.spooled.SpoolRoom;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.kafka.RacingProducer;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.spool.Spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Real threads: those that publish meet lanes that open and close, and producers that are given up and replaced hundreds of times.
 * Each client's records reach Kafka in their order, and each has one outcome.
 */
class KafkaDeliveryStressTest {

    private static final int CLIENTS = 3;
    private static final int RECORDS = Integer.getInteger("stress.records", 2_000);

    /** One in so many records is refused, and as many come back with all that is behind them. */
    private static final int ODDS = 100;

    /** A client has so many on their way, as its receive maximum says. */
    private static final int IN_FLIGHT = 100;

    /** Counts outcomes. */
    private static final class Count implements Acknowledgement {
        private final AtomicInteger safe = new AtomicInteger();
        private final AtomicInteger open;

        Count(final AtomicInteger open) {
            this.open = open;
        }

        @Override
        public void safe() {
            safe.incrementAndGet();
            open.decrementAndGet();
        }

        @Override
        public boolean failed(final Exception cause) {
            throw new IllegalStateException("A record of QoS 2 was given up", cause);
        }

        @Override
        public boolean isWanted() {
            return true;
        }
    }

    @TempDir
    Path data;

    private final MetricRegistry registry = new MetricRegistry();
    private final Origin origin = new Origin("m1", new MappingMetrics(registry, "m1"), Optional.empty());
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger producers = new AtomicInteger();

    @Test
    void send_whileProducersAreReplaced_keepsOrderAndGivesOneOutcomeEach() throws Exception {
        // Given
        final ExecutorService threads = Executors.newCachedThreadPool();
        final KafkaDelivery delivery = newDelivery(threads);
        delivery.start();
        final CyclicBarrier barrier = new CyclicBarrier(CLIENTS);
        final List<Count> counts = Collections.synchronizedList(new ArrayList<>());

        // When
        final List<Future<?>> running = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            final String name = "c" + client;
            running.add(threads.submit(() -> {
                barrier.await();
                publish(delivery, name, counts);
                return null;
            }));
        }
        for (final Future<?> each : running) {
            each.get();
        }

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                assertThat(counts).allSatisfy(count -> assertThat(count.safe).hasValue(1)));
        assertThat(producers.get()).isGreaterThan(20);
        assertThat(delivery.status().inFlightBytes()).isZero();
        delivery.stop();
        delivery.awaitStopped();
        threads.shutdownNow();
        assertOrder();
    }

    private void publish(final KafkaDelivery delivery, final String client, final List<Count> counts) {
        final AtomicInteger open = new AtomicInteger();
        for (int i = 0; i < RECORDS; i++) {
            while (open.get() >= IN_FLIGHT) {
                Thread.onSpinWait();
            }
            open.incrementAndGet();
            final Count count = new Count(open);
            counts.add(count);
            final byte[] value = (client + "/" + i).getBytes(StandardCharsets.UTF_8);
            delivery.send(new ProducerRecord<>("t", new byte[0], value), Persistence.UNTIL_SAFE, count, origin);
        }
    }

    /** What is sent again comes once more, but nothing comes for the first time out of order. */
    private void assertOrder() {
        final Map<String, Integer> last = new HashMap<>();
        for (final String text : log) {
            final String client = text.substring(0, text.indexOf('/'));
            final int number = Integer.parseInt(text.substring(text.indexOf('/') + 1));
            final int before = last.getOrDefault(client, -1);
            assertThat(number).as(text).isLessThanOrEqualTo(before + 1);
            last.put(client, Math.max(before, number));
        }
        assertThat(last.values()).containsOnly(RECORDS - 1);
    }

    private KafkaDelivery newDelivery(final ExecutorService threads) {
        final KafkaDelivery made = new KafkaDelivery(
                DeliveryFixture.CLUSTER,
                Map.of("m1", origin),
                data,
                new ClusterMetrics(registry, "c1"),
                null,
                new KafkaDelivery.Machine(
                        new KafkaClients(
                                DeliveryFixture.CLUSTER,
                                settings -> {
                                    producers.incrementAndGet();
                                    return new RacingProducer(
                                                    record ->
                                                            log.add(new String(record.value(), StandardCharsets.UTF_8)),
                                                    ODDS)
                                            .producer();
                                },
                                threads,
                                System::nanoTime),
                        Spool::open,
                        Rejections.folder(DeliveryFixture.CLUSTER, data),
                        SpoolRoom.threads(DeliveryFixture.CLUSTER),
                        System::nanoTime));
        made.expect(Map.of("t", Optional.empty()));
        return made;
    }
}
