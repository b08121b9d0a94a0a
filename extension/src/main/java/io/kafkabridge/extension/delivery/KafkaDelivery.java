package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.TopicCreation;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;

/**
 * The way to one Kafka cluster. {@link #send} never blocks and may be called by any number of threads. One thread of its own
 * does what may wait, in {@link DeliveryPath}; another one writes to the spool.
 *
 * <p>A delivery with other settings may take over from one while records flow: it holds what comes until the old one has sent
 * what it had, and gets what that couldn't send nor spool. So nothing is lost, repeated or out of order.
 */
public final class KafkaDelivery implements Delivery {

    private static final String FULL = "more than <max-in-flight> is on its way already";
    private static final String GONE = "the bridge doesn't serve its Kafka cluster any more";

    private final KafkaCluster cluster;
    private final @Nullable KafkaDelivery predecessor;
    private final ClusterMetrics metrics;
    private final DeliveryParts parts;
    private volatile @Nullable KafkaDelivery successor;

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
        this(cluster, origins, data, metrics, predecessor, new Producers(cluster));
    }

    KafkaDelivery(
            final KafkaCluster cluster,
            final Map<String, Origin> origins,
            final Path data,
            final ClusterMetrics metrics,
            final @Nullable KafkaDelivery predecessor,
            final Producers producers) {
        this.cluster = cluster;
        this.predecessor = predecessor;
        this.metrics = metrics;
        parts = DeliveryParts.assemble(cluster, origins, data, metrics, producers, this::wake, this::end);
    }

    /** The Kafka topics that records are expected for, each with how it is created; others may come as well. */
    public void expect(final Map<String, Optional<TopicCreation>> topics) {
        parts.lanes().expect(topics);
        wake();
    }

    /** Starts to connect, without waiting for it. */
    public void start() {
        if (predecessor == null) {
            parts.thread().start(null);
        } else {
            predecessor.successor = this;
            parts.thread().start(predecessor.parts.thread());
        }
    }

    @Override
    public void send(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin) {
        origin.metrics().taken();
        take(new PendingRecord(
                record,
                persistence,
                acknowledgement,
                origin,
                this,
                parts.lanes().of(record.topic()),
                System.nanoTime()));
    }

    private void take(final PendingRecord record) {
        switch (parts.memory().add(record.size(), record.persistence())) {
            case ADMITTED -> pass(record);
            case SPOOL -> {
                parts.live()
                        .fail(new IllegalStateException(
                                "Kafka is slower than its sources: more than <max-in-flight> is on its way"));
                wake();
                pass(record);
            }
            case REFUSED -> record.fail(new TimeoutException(FULL));
        }
    }

    private void pass(final PendingRecord record) {
        if (!parts.live().send(record)) {
            switch (parts.lanes().queue(record)) {
                case IN_LANE -> wake();
                case TOGETHER -> {}
                case STOPPED -> redirect(record);
            }
        }
    }

    private void redirect(final PendingRecord record) {
        final KafkaDelivery next = successor;
        if (next == null) {
            record.fail(new IllegalStateException(GONE));
        } else {
            next.take(record.movedTo(next, next.parts.lanes().of(record.record().topic())));
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
                new PendingRecord(record, persistence, acknowledgement, origin, this, Lanes.NONE, System.nanoTime());
        origin.metrics().taken();
        if (parts.memory().add(pending.size(), persistence) == MemoryBound.Verdict.REFUSED) {
            pending.fail(new TimeoutException(FULL));
            return;
        }
        parts.rejections().add(pending, reason);
        if (parts.thread().hasStopped()) {
            passOnRejections();
        }
        wake();
    }

    /** A record of that size isn't on its way any more. */
    void release(final long size) {
        parts.memory().release(size);
    }

    /** Where its records are now. Any thread. */
    public DeliveryStatus status() {
        return parts.status();
    }

    @Override
    public ClusterMetrics metrics() {
        return metrics;
    }

    /** Kafka didn't take a record: decides whether that is the record's fault or the cluster's. Any thread. */
    void notDelivered(final PendingRecord record, final Exception error) {
        if (Refusals.concernsRecord(error)) {
            parts.rejections().add(record, error);
        } else {
            parts.live().notDelivered(record, error);
        }
        wake();
    }

    private void wake() {
        parts.thread().wake();
    }

    /** Begins to stop: what is under way is still sent within the cluster's shutdown timeout, or goes to the spool. */
    public void stop() {
        parts.thread().stop();
    }

    /** Waits until the delivery has stopped. */
    public void awaitStopped() throws InterruptedException {
        parts.thread().awaitEnd();
    }

    /** Has stopped; what found no place goes to the successor, in front of what came there since. */
    private void end() {
        parts.lanes().stop();
        final List<PendingRecord> left = parts.lanes().takeHeld();
        final KafkaDelivery next = successor;
        if (next == null) {
            DeliveryLog.stopped(cluster.id(), parts.room().records(), left.size());
            left.forEach(record -> record.fail(new IllegalStateException(GONE)));
        } else {
            next.adopt(left);
        }
        passOnRejections();
    }

    private void adopt(final List<PendingRecord> records) {
        final List<PendingRecord> moved = records.stream()
                .map(record ->
                        record.movedTo(this, parts.lanes().of(record.record().topic())))
                .toList();
        moved.forEach(record -> parts.memory().add(record.size(), Persistence.UNTIL_SAFE));
        parts.lanes().putInFront(moved);
    }

    private void passOnRejections() {
        final KafkaDelivery next = successor;
        if (next == null) {
            parts.rejections().failAll();
        } else {
            next.parts.rejections().takeOver(parts.rejections());
            next.wake();
        }
    }
}
