package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.rejected.DeadLetters;
import io.kafkabridge.extension.delivery.rejected.RejectedRecord;
import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.delivery.spooled.SpoolDrain;
import io.kafkabridge.extension.delivery.spooled.SpoolPace;
import io.kafkabridge.extension.delivery.spooled.SpoolRoom;
import io.kafkabridge.extension.delivery.spooled.SpoolWriter;
import io.kafkabridge.extension.kafka.FakeClock;
import io.kafkabridge.extension.kafka.HeldProducer;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.kafka.MissingTopics;
import io.kafkabridge.extension.kafka.TopicCreator;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.spool.Spool;

/** The parts of a delivery on a test's thread and clock: nothing happens by itself, so that each state can be looked at. */
final class DeliveryParts {

    final FakeClock clock = new FakeClock();
    final List<HeldProducer> producers = new ArrayList<>();
    final List<RejectedRecord> rejected = new ArrayList<>();

    /** What the threads of the clients have to do; done at once unless a test holds them. */
    final Deque<Runnable> aside = new ArrayDeque<>();

    boolean holdsClients;

    /** Why the spool can't be opened. */
    @Nullable
    IOException spoolRefusal;

    @Nullable
    SpoolWriter<PendingRecord> writer;

    final MetricRegistry registry = new MetricRegistry();
    final ClusterMetrics metrics = new ClusterMetrics(registry, "c1");
    final Origin origin = new Origin("m1", new MappingMetrics(registry, "m1"), Optional.empty());
    final KafkaClients clients = new KafkaClients(DeliveryFixture.CLUSTER, settings -> newProducer(), this::run, clock);
    final Lanes lanes = new Lanes();
    final DeadLetters deadLetters = new DeadLetters(Optional.of("dead"));
    final Rejections rejections = new Rejections("c1", new RejectedList(), deadLetters);
    final MissingTopics missing = new MissingTopics(DeliveryFixture.CLUSTER.missingTopicTimeout(), clock);
    final TopicCreator creator = new TopicCreator("c1", clients, () -> {}, clock);
    final LiveWay live = new LiveWay(
            lanes, clients, rejections, missing, creator, DeliveryFixture.CLUSTER.deliveryTimeout(), () -> {}, clock);
    final SpoolRoom<PendingRecord> room;
    final StateWatch watch = new StateWatch(metrics, clock);
    final DeliveryPath path;

    /** Whose records these are; it does nothing. */
    final KafkaDelivery owner;

    DeliveryParts(final Path data) {
        final SpoolPace pace = new SpoolPace(() -> false);
        room = new SpoolRoom<>(
                DeliveryFixture.CLUSTER,
                data,
                (folder, limits) -> {
                    if (spoolRefusal != null) {
                        throw spoolRefusal;
                    }
                    return Spool.open(folder, limits);
                },
                spool -> new SpoolWriter<>("c1", lanes, spool, pace, () -> {}, clock),
                spool -> new SpoolDrain(
                        spool,
                        clients,
                        rejections::add,
                        missing,
                        creator,
                        Map.of("m1", origin),
                        pace,
                        metrics,
                        () -> {},
                        clock),
                made -> writer = made,
                clock);
        path = new DeliveryPath(DeliveryFixture.CLUSTER, lanes, live, room, watch, clock);
        owner = newDelivery(data, null);
    }

    KafkaDelivery newDelivery(final Path data, final @Nullable KafkaDelivery predecessor) {
        return new KafkaDelivery(
                DeliveryFixture.CLUSTER,
                Map.of("m1", origin),
                data,
                metrics,
                predecessor,
                new KafkaDelivery.Machine(clients, Spool::open, new RejectedList(), made -> {}, clock));
    }

    private HeldProducer newProducer() {
        final HeldProducer producer = new HeldProducer();
        producers.add(producer);
        return producer;
    }

    private void run(final Runnable task) {
        if (holdsClients) {
            aside.add(task);
        } else {
            task.run();
        }
    }

    /** The clients' threads do what they have to. */
    void runAside() {
        while (!aside.isEmpty()) {
            aside.remove().run();
        }
    }

    /** The spool's writer; the spool is open. */
    SpoolWriter<PendingRecord> writer() {
        return Objects.requireNonNull(writer, "the spool isn't open");
    }

    /** The writer writes all that waits, and ends when nothing will come. */
    void write() {
        writer().step();
        if (writer().isOver()) {
            writer().end();
        }
    }

    /** The producer that was opened last. */
    HeldProducer producer() {
        return producers.get(producers.size() - 1);
    }

    PendingRecord record(final String value) {
        return record("t", value, Persistence.OR_FAIL, new Outcome());
    }

    PendingRecord record(
            final String topic, final String value, final Persistence persistence, final Acknowledgement outcome) {
        return new PendingRecord(
                new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)),
                persistence,
                outcome,
                origin,
                owner,
                lanes.of(topic),
                clock.getAsLong());
    }

    /** Sends as a delivery does: into the lane if it is open, else it is queued. */
    Outcome send(final String value) {
        final Outcome outcome = new Outcome();
        final PendingRecord record = record("t", value, Persistence.OR_FAIL, outcome);
        if (record.lane().send(record, clock.getAsLong()) != null) {
            lanes.queue(record);
        }
        return outcome;
    }

    static List<String> values(final List<? extends PendingRecord> records) {
        return records.stream()
                .map(record -> new String(record.record().value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The values of what a producer was given. */
    static List<String> held(final HeldProducer producer) {
        return producer.values;
    }

    private final class RejectedList implements Rejections.Store {

        @Override
        public void keep(final List<RejectedRecord> records) {
            rejected.addAll(records);
        }

        @Override
        public Path path() {
            return Path.of("rejected");
        }
    }
}
