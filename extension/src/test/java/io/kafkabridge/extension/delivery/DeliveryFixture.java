package io.kafkabridge.extension.delivery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.delivery.spooled.SpoolRoom;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.spool.Spool;

import static org.awaitility.Awaitility.await;

/** A delivery with Kafka's own fake of a producer. The real one is used in the integration tests. */
abstract class DeliveryFixture {

    static final KafkaCluster CLUSTER = new KafkaCluster(
            "c1",
            "127.0.0.1:9092",
            Optional.empty(),
            Optional.empty(),
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1 << 20, 1 << 20, Duration.ofSeconds(1)),
            new SpoolSettings(2 << 20, 0, Duration.ZERO),
            Optional.of("dead"),
            List.of());

    /** More than half of the spool. */
    static final byte[] LARGE = new byte[1_200_000];

    final ExecutorService aside = Executors.newCachedThreadPool(task -> {
        final Thread thread = new Thread(task, "clients");
        thread.setDaemon(true);
        return thread;
    });
    final FakeProducers producers = new FakeProducers();
    final MetricRegistry registry = new MetricRegistry();
    final Origin origin = new Origin("m1", new MappingMetrics(registry, "m1"), Optional.empty());

    @TempDir
    Path data;

    KafkaDelivery delivery;

    @BeforeEach
    void start() {
        delivery = newDelivery();
        delivery.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        delivery.stop();
        delivery.awaitStopped();
    }

    final KafkaDelivery newDelivery() {
        return newDelivery(null);
    }

    final KafkaDelivery newDelivery(final @Nullable KafkaDelivery predecessor) {
        final KafkaDelivery made = new KafkaDelivery(
                CLUSTER,
                Map.of("m1", origin),
                data,
                new ClusterMetrics(registry, "c1"),
                predecessor,
                new KafkaDelivery.Machine(
                        new KafkaClients(CLUSTER, producers::open, aside, System::nanoTime),
                        Spool::open,
                        Rejections.folder(CLUSTER, data),
                        SpoolRoom.threads(CLUSTER),
                        System::nanoTime));
        made.expect(Map.of("t", Optional.empty()));
        return made;
    }

    final Outcome send(final String value, final Persistence persistence) {
        return send(value.getBytes(StandardCharsets.UTF_8), persistence);
    }

    final Outcome send(final byte[] value, final Persistence persistence) {
        final Outcome outcome = new Outcome();
        delivery.send(new ProducerRecord<>("t", new byte[0], value), persistence, outcome, origin);
        return outcome;
    }

    /** Has a {@link #LARGE} record in the spool, beside which another one has no room; returns the producer that drains it. */
    final MockProducer<byte[], byte[]> fillSpool() throws InterruptedException {
        final MockProducer<byte[], byte[]> first = producers.next();
        first.sendException = new TimeoutException("no metadata");
        first.partitionsForException = new TimeoutException("no metadata");
        final Outcome fits = send(LARGE, Persistence.OR_FAIL);
        await().until(() -> fits.calls.contains("safe"));
        return producers.next();
    }

    final long counter(final String name) {
        return registry.counter("io.kafkabridge.mapping.m1." + name).getCount();
    }
}
