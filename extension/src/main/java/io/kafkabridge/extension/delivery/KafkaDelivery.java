package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.LimitedLog;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.delivery.rejected.DeadLetters;
import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.delivery.spooled.SpoolDrain;
import io.kafkabridge.extension.delivery.spooled.SpoolPace;
import io.kafkabridge.extension.delivery.spooled.SpoolRoom;
import io.kafkabridge.extension.delivery.spooled.SpoolWriter;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.kafka.KafkaErrors;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.MissingTopics;
import io.kafkabridge.extension.kafka.TopicCreator;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.spool.Spool;

/**
 * The way to one Kafka cluster. {@link #send} never blocks and may be called by any number of threads. One thread of its own
 * does what may wait, by the state machine in {@link DeliveryPath}; another one writes to the spool.
 *
 * <p>A delivery with other settings may take over from one while records flow: it holds what comes until the old one has sent
 * what it had, and gets what that couldn't send nor spool. So nothing is lost, repeated or out of order.
 *
 * <p>Longer than most classes: all parts of a delivery are put together here, and nowhere else.
 */
public final class KafkaDelivery implements Delivery, PendingRecord.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaDelivery.class);
    private static final String FULL = "more than <max-in-flight> is on its way already";
    private static final String GONE = "the bridge doesn't serve its Kafka cluster any more";

    /**
     * What a delivery needs of the machine that it runs on; a seam for tests.
     *
     * @param clients opens producers
     * @param spools opens spools
     * @param rejected keeps rejected records
     * @param writers lets the spool's writer work, on a thread of its own
     * @param clock {@link System#nanoTime}
     */
    record Machine(
            KafkaClients clients,
            SpoolRoom.Opener spools,
            Rejections.Store rejected,
            Consumer<SpoolWriter<PendingRecord>> writers,
            LongSupplier clock) {

        static Machine real(final KafkaCluster cluster, final Path data) {
            return new Machine(
                    new KafkaClients(cluster),
                    Spool::open,
                    Rejections.folder(cluster, data),
                    SpoolRoom.threads(cluster),
                    System::nanoTime);
        }
    }

    private final KafkaCluster cluster;
    private final ClusterMetrics metrics;
    private final LongSupplier clock;
    private final Lanes lanes = new Lanes();
    private final MemoryBound memory;
    private final Rejections rejections;
    private final DeadLetters deadLetters;
    private final TopicCreator creator;
    private final LiveWay live;
    private final SpoolRoom<PendingRecord> room;
    private final StateWatch state;
    private final DeliveryPath path;
    private final DeliveryThread thread;
    private final LimitedLog<Throwable> errors = new LimitedLog<>(this::tell);
    private @Nullable KafkaDelivery predecessor;
    private volatile @Nullable KafkaDelivery successor;
    private volatile boolean ended;

    /**
     * Makes a delivery, which does nothing before {@link #start()}.
     *
     * @param cluster the cluster
     * @param origins all mappings, by their ids; may change while the delivery runs
     * @param data the bridge's folder in HiveMQ's data folder
     * @param metrics counts what happens on the way to the cluster
     * @param predecessor the delivery that this one takes over from, once it has stopped; null when there is none
     */
    public KafkaDelivery(
            final KafkaCluster cluster,
            final Map<String, Origin> origins,
            final Path data,
            final ClusterMetrics metrics,
            final @Nullable KafkaDelivery predecessor) {
        this(cluster, origins, data, metrics, predecessor, Machine.real(cluster, data));
    }

    KafkaDelivery(
            final KafkaCluster cluster,
            final Map<String, Origin> origins,
            final Path data,
            final ClusterMetrics metrics,
            final @Nullable KafkaDelivery predecessor,
            final Machine machine) {
        this.cluster = cluster;
        this.predecessor = predecessor;
        this.metrics = metrics;
        clock = machine.clock();
        memory = new MemoryBound(cluster.maxInFlight());
        deadLetters = new DeadLetters(cluster.deadLetterTopic());
        rejections = new Rejections(cluster.id(), machine.rejected(), deadLetters);
        final MissingTopics missing = new MissingTopics(cluster.missingTopicTimeout(), clock);
        creator = new TopicCreator(cluster.id(), machine.clients(), this::wake, clock);
        live = new LiveWay(
                lanes, machine.clients(), rejections, missing, creator, cluster.deliveryTimeout(), this::wake, clock);
        final SpoolPace pace = new SpoolPace(memory::isMostlyFree);
        room = new SpoolRoom<>(
                cluster,
                data,
                machine.spools(),
                spool -> new SpoolWriter<>(cluster.id(), lanes, spool, pace, this::wake, clock),
                spool -> new SpoolDrain(
                        spool,
                        machine.clients(),
                        rejections::add,
                        missing,
                        creator,
                        origins,
                        pace,
                        metrics,
                        this::wake,
                        clock),
                machine.writers(),
                clock);
        state = new StateWatch(metrics, clock);
        path = new DeliveryPath(cluster, lanes, live, room, state, clock);
        thread = new DeliveryThread(cluster.id(), new Work(), this::end, clock);
    }

    /** The Kafka topics that records are expected for, each with how it is created; others may come as well. */
    public void expect(final Map<String, Optional<TopicCreation>> topics) {
        lanes.expect(topics);
        wake();
    }

    /** Starts to connect, without waiting for it. */
    public void start() {
        final KafkaDelivery before = predecessor;
        predecessor = null; // Let it be collected when it has ended.
        if (before == null) {
            thread.start(null);
        } else {
            follow(before);
            thread.start(before.thread);
        }
    }

    /** What an earlier delivery leaves comes here. */
    void follow(final KafkaDelivery before) {
        before.successor = this;
    }

    @Override
    public void send(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin) {
        origin.metrics().taken();
        take(new PendingRecord(
                record, persistence, acknowledgement, origin, this, lanes.of(record.topic()), clock.getAsLong()));
    }

    private void take(final PendingRecord record) {
        switch (memory.add(record.size(), record.persistence())) {
            case ADMITTED -> pass(record);
            case SPOOL -> {
                live.overload(new IllegalStateException(
                        "Kafka is slower than its sources: more than <max-in-flight> is on its way"));
                wake();
                pass(record);
            }
            case REFUSED -> record.fail(new TimeoutException(FULL));
        }
    }

    /** The shortest way is the first: the lane is open, and the producer takes the record. */
    private void pass(final PendingRecord record) {
        final Exception refusal = record.lane().send(record, record.arrivalNanos());
        if (refusal == null) {
            return;
        }
        if (!KafkaErrors.isNotYet(refusal)) {
            reject(record, refusal);
            return;
        }
        switch (lanes.queue(record)) {
            case IN_LANE -> wake();
            case TOGETHER -> {}
            case STOPPED -> redirect(record);
        }
    }

    private void redirect(final PendingRecord record) {
        final KafkaDelivery next = successor;
        if (next == null) {
            record.fail(new IllegalStateException(GONE));
        } else {
            next.take(record.movedTo(next, next.lanes.of(record.record().topic())));
        }
    }

    @Override
    public void reject(
            final ProducerRecord<byte[], byte[]> record,
            final Exception reason,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin) {
        final PendingRecord pending =
                new PendingRecord(record, persistence, acknowledgement, origin, this, Lanes.NONE, clock.getAsLong());
        origin.metrics().taken();
        if (memory.add(pending.size(), persistence) == MemoryBound.Verdict.REFUSED) {
            pending.fail(new TimeoutException(FULL));
            return;
        }
        reject(pending, reason);
    }

    @Override
    public void reject(final PendingRecord record, final Exception reason) {
        rejections.add(record, reason);
        if (ended) {
            passOnRejections();
        }
        wake();
    }

    @Override
    public void release(final long size) {
        memory.release(size);
    }

    @Override
    public void unexpected(final Throwable error) {
        errors.add(error);
    }

    private void tell(final long count, final Throwable error) {
        LOG.error(
                "The outcome of a record for Kafka cluster '{}' met an unexpected error. Please report it.",
                cluster.id(),
                error);
    }

    @Override
    public long now() {
        return clock.getAsLong();
    }

    /** How the way is, and where the records are. Any thread. */
    public DeliveryStatus status() {
        final StateWatch.Seen seen = state.seen();
        final long free = room.freeBytes();
        final boolean working = isWorking();
        return new DeliveryStatus(
                working ? seen.state() : DeliveryState.STUCK,
                seen.since(),
                working ? seen.cause() : Optional.of("The bridge meets an unexpected error; the log has it."),
                memory.records(),
                memory.bytes(),
                room.records(),
                room.bytes(),
                free,
                room.hasRoom(free),
                room.oldest(),
                room.perSecond(),
                room.corruptSegments());
    }

    /** Whether the delivery's own thread does its work: false means that nothing moves, and only a restart helps. Any thread. */
    public boolean isWorking() {
        return thread.isWorking();
    }

    @Override
    public ClusterMetrics metrics() {
        return metrics;
    }

    private void wake() {
        thread.wake();
    }

    /** Begins to stop: what is under way is still sent within the cluster's shutdown timeout, or goes to the spool. */
    public void stop() {
        thread.stop();
    }

    /** Waits until the delivery has stopped. */
    public void awaitStopped() throws InterruptedException {
        thread.awaitEnd();
    }

    /** What the delivery's thread does, step by step. */
    DeliveryThread.Work work() {
        return new Work();
    }

    /** The delivery's work. */
    private final class Work implements DeliveryThread.Work {

        @Override
        public boolean step() {
            final boolean waits = path.step();
            creator.tidy();
            room.measure();
            metrics.tick();
            rejections.keep();
            final KafkaSender sender = path.sender();
            if (sender != null) {
                deadLetters.send(sender);
            }
            return waits && rejections.isEmpty() && deadLetters.isEmpty();
        }

        @Override
        public void stop() {
            path.stop();
        }

        @Override
        public boolean hasStopped() {
            return path.hasStopped();
        }
    }

    /** Has stopped; what found no place goes to the successor, in front of what came there since. */
    void end() {
        ended = true;
        lanes.stop();
        rejections.keep();
        rejections.tellTheRest();
        creator.close();
        final List<PendingRecord> left = lanes.takeHeld();
        final KafkaDelivery next = successor;
        if (next == null) {
            tellWhatIsLeft(left.size());
            left.forEach(record -> record.fail(new IllegalStateException(GONE)));
        } else {
            next.adopt(left);
        }
        passOnRejections();
    }

    private void tellWhatIsLeft(final int unsafe) {
        if (room.records() > 0) {
            LOG.info(
                    "Stopped with {} in the spool of Kafka cluster '{}'; they go first when the bridge serves it again.",
                    Wording.count(room.records(), "record"),
                    cluster.id());
        }
        if (unsafe > 0) {
            LOG.warn(
                    "Stopped with {} that found no room in the spool of Kafka cluster '{}'. Their clients were not"
                            + " acknowledged and send them again; QoS 0 messages are lost.",
                    Wording.count(unsafe, "record"),
                    cluster.id());
        }
    }

    private void adopt(final List<PendingRecord> records) {
        final List<PendingRecord> moved = records.stream()
                .map(record -> record.movedTo(this, lanes.of(record.record().topic())))
                .toList();
        moved.forEach(record -> memory.add(record.size(), Persistence.UNTIL_SAFE));
        lanes.putInFront(moved);
    }

    private void passOnRejections() {
        final KafkaDelivery next = successor;
        if (next == null) {
            rejections.failAll();
        } else {
            next.rejections.takeOver(rejections);
            next.wake();
        }
    }
}
