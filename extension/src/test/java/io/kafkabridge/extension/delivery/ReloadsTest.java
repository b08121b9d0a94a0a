package io.kafkabridge.extension.delivery;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.delivery.spooled.SpoolRoom;
import io.kafkabridge.extension.kafka.HeldProducer;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.spool.Spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many reloads, one after the other, each of which changes the cluster: nothing of the former deliveries stays. */
class ReloadsTest {

    private static final int RELOADS = 200;

    /** An id of its own: its threads are told by it. */
    private static final KafkaCluster CLUSTER = new KafkaCluster(
            "reloads",
            "127.0.0.1:9092",
            Optional.empty(),
            Optional.empty(),
            DeliveryFixture.CLUSTER.limits(),
            DeliveryFixture.CLUSTER.spool(),
            Optional.of("dead"),
            List.of());

    private final ExecutorService aside = Executors.newCachedThreadPool();
    private final MetricRegistry registry = new MetricRegistry();
    private final ClusterMetrics metrics = new ClusterMetrics(registry, CLUSTER.id());
    private final Origin origin = new Origin("m1", new MappingMetrics(registry, "m1"), Optional.empty());
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<WeakReference<KafkaDelivery>> former = new ArrayList<>();

    @TempDir
    Path data;

    @AfterEach
    void stop() {
        aside.shutdownNow();
    }

    private KafkaDelivery next(final @Nullable KafkaDelivery predecessor) {
        final KafkaDelivery made = new KafkaDelivery(
                CLUSTER,
                Map.of("m1", origin),
                data,
                metrics,
                predecessor,
                new KafkaDelivery.Machine(
                        new KafkaClients(
                                CLUSTER,
                                settings -> {
                                    final HeldProducer producer = new HeldProducer();
                                    producer.onSend = callback -> callback.onCompletion(null, null);
                                    return producer;
                                },
                                aside,
                                System::nanoTime),
                        Spool::open,
                        Rejections.folder(CLUSTER, data),
                        SpoolRoom.threads(CLUSTER),
                        System::nanoTime));
        made.expect(Map.of("t", Optional.empty()));
        made.start();
        return made;
    }

    private void send(final KafkaDelivery delivery) {
        final Outcome outcome = new Outcome();
        outcomes.add(outcome);
        delivery.send(new ProducerRecord<>("t", new byte[1000]), Persistence.OR_FAIL, outcome, origin);
    }

    private void reload() throws InterruptedException {
        KafkaDelivery current = next(null);
        for (int i = 0; i < RELOADS; i++) {
            send(current);
            final KafkaDelivery successor = next(current);
            send(successor);
            current.stop();
            send(current);
            current.awaitStopped();
            former.add(new WeakReference<>(current));
            current = successor;
        }
        send(current);
        await().until(() -> outcomes.stream().noneMatch(outcome -> outcome.calls.isEmpty()));
        assertThat(threads()).as("of the last delivery").isLessThanOrEqualTo(2);
        current.stop();
        current.awaitStopped();
        former.add(new WeakReference<>(current));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hivemq-kafka-bridge") && name.endsWith("-reloads"))
                .count();
    }

    @Test
    void reloads_leaveNoDeliveryInMemory_andNoThread() throws Exception {
        // When
        reload();

        // Then
        assertThat(outcomes).hasSize(3 * RELOADS + 1).allSatisfy(outcome -> assertThat(outcome.calls)
                .containsExactly("safe"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(former).allMatch(each -> each.get() == null);
        });
        await().untilAsserted(() -> assertThat(threads()).isZero());
    }
}
