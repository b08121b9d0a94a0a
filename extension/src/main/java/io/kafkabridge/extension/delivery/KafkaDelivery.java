package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.config.KafkaCluster;

/**
 * The way to one Kafka cluster. {@link #send} never blocks and may be called by any number of threads. One thread of its own
 * does what may wait, in {@link DeliveryPath}; another one writes to the spool.
 */
public final class KafkaDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaDelivery.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final KafkaCluster cluster;
    private final Lanes lanes;
    private final LiveProducer live;
    private final Rejections rejections;
    private final DeadLetters deadLetters;
    private final SpoolRoom room;
    private final DeliveryPath path;
    private final Thread thread;
    private final AtomicLong inFlight = new AtomicLong();
    private volatile boolean stopping;

    /**
     * Makes a delivery, which does nothing before {@link #start()}.
     *
     * @param cluster the cluster
     * @param topics all Kafka topics that records will be sent to
     * @param origins all mappings, by their ids
     * @param data the bridge's folder in HiveMQ's data folder
     */
    public KafkaDelivery(
            final KafkaCluster cluster,
            final Collection<String> topics,
            final Map<String, Origin> origins,
            final Path data) {
        this(cluster, topics, origins, data, new Producers(cluster));
    }

    KafkaDelivery(
            final KafkaCluster cluster,
            final Collection<String> topics,
            final Map<String, Origin> origins,
            final Path data,
            final Producers producers) {
        this.cluster = cluster;
        deadLetters = new DeadLetters(cluster.deadLetterTopic());
        rejections = new Rejections(
                cluster.id(),
                new RejectedRecords(data.resolve("rejected").resolve(cluster.id()), cluster.maxRejected()),
                deadLetters);
        lanes = new Lanes(topics);
        final MissingTopics missingTopics = new MissingTopics(cluster.missingTopicTimeout());
        live = new LiveProducer(lanes, producers, rejections, missingTopics, cluster.deliveryTimeout());
        final SpoolPace pace = new SpoolPace(() -> inFlight.get() < cluster.maxInFlight() / 4);
        room = new SpoolRoom(
                cluster,
                data.resolve("spool").resolve(cluster.id()),
                lanes,
                pace,
                spool -> new SpoolDrain(spool, producers, rejections, missingTopics, origins, pace, this::wake),
                this::wake);
        path = new DeliveryPath(cluster, lanes, live, room);
        thread = new Thread(this::run, "hivemq-kafka-bridge-" + cluster.id());
        // Kafka loads login modules by name through the context class loader: this jar's.
        thread.setContextClassLoader(KafkaDelivery.class.getClassLoader());
        thread.setDaemon(true);
    }

    /** Starts to connect, without waiting for it. */
    public void start() {
        thread.start();
    }

    /**
     * Sends a record. Never blocks.
     *
     * @param record the record; its topic is one of those the delivery was made with
     * @param persistence what to do when neither Kafka nor the spool takes it
     * @param acknowledgement learns what became of it
     * @param origin the mapping that it comes from
     */
    public void send(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin) {
        final PendingRecord pending =
                new PendingRecord(record, persistence, acknowledgement, origin, this, lanes.of(record.topic()));
        origin.metrics().taken();
        final long bytes = inFlight.addAndGet(pending.size());
        if (bytes > cluster.maxInFlight() / 2 && !admit(pending, bytes)) {
            pending.fail(new TimeoutException("more than <max-in-flight> is on its way already"));
        } else if (!live.send(pending) && lanes.queue(pending)) {
            wake();
        }
    }

    /**
     * Keeps a record among the rejected ones: it isn't fit for Kafka, as is known already. Never blocks.
     *
     * @param record what is kept; no Kafka topic of that name is needed
     * @param reason why, fit for a person to read
     * @param persistence see {@link #send}
     * @param acknowledgement learns what became of it
     * @param origin the mapping that it comes from
     */
    public void reject(
            final ProducerRecord<byte[], byte[]> record,
            final Exception reason,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin) {
        final PendingRecord pending =
                new PendingRecord(record, persistence, acknowledgement, origin, this, lanes.none());
        origin.metrics().taken();
        inFlight.addAndGet(pending.size());
        rejections.add(pending, reason);
        wake();
    }

    /**
     * Decides about a record when much is on its way. QoS 0 gets half of the memory. What is acknowledged gets all of it, and
     * then the spool takes over; when not even the disk keeps up, as much again.
     */
    private boolean admit(final PendingRecord record, final long bytes) {
        switch (record.persistence()) {
            case BEST_EFFORT -> {
                return false;
            }
            case OR_FAIL -> {
                if (bytes > 2 * cluster.maxInFlight()) {
                    return false;
                }
            }
            case UNTIL_SAFE -> {}
        }
        if (bytes > cluster.maxInFlight()) {
            live.fail(new IllegalStateException(
                    "Kafka is slower than its sources: more than <max-in-flight> is on its way"));
            wake();
        }
        return true;
    }

    /** A record of that size isn't on its way any more. */
    void release(final long size) {
        inFlight.addAndGet(-size);
    }

    /** The bytes that are on their way. */
    public long inFlight() {
        return inFlight.get();
    }

    /** Records in the spool. */
    public long spooledRecords() {
        return room.records();
    }

    /** Bytes of the spool's files. */
    public long spooledBytes() {
        return room.bytes();
    }

    /** Segments of the spool that were found damaged since HiveMQ started. */
    public long corruptSegments() {
        return room.corruptSegments();
    }

    /** Kafka didn't take a record: decides whether that is the record's fault or the cluster's. Any thread. */
    void notDelivered(final PendingRecord record, final Exception error) {
        if (Refusals.concernsRecord(error)) {
            rejections.add(record, error);
        } else {
            live.notDelivered(record, error);
        }
        wake();
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopping) {
            boolean idle = false;
            try {
                final boolean waits = path.step();
                idle = reject() && waits;
            } catch (final RuntimeException e) {
                LOG.error("The delivery to Kafka cluster '{}' goes on after an unexpected error.", cluster.id(), e);
            }
            LockSupport.parkNanos(this, (idle ? IDLE : TICK).toNanos());
        }
        finish();
    }

    /** Takes rejected records off the way; whether there is none. */
    private boolean reject() {
        rejections.keep();
        final Producer<byte[], byte[]> producer = path.producer();
        if (producer != null) {
            deadLetters.send(producer);
        }
        return rejections.isEmpty() && deadLetters.isEmpty();
    }

    private void finish() {
        try {
            reject();
            path.finish();
            rejections.keep();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (room.records() > 0) {
            LOG.info(
                    "{} records wait in the spool for Kafka cluster '{}'; they go first when HiveMQ starts again.",
                    room.records(),
                    cluster.id());
        }
    }

    /** Begins to stop: what is under way is still sent within the cluster's shutdown timeout, or goes to the spool. */
    public void stop() {
        stopping = true;
        wake();
    }

    /** Waits until the delivery has stopped. */
    public void awaitStopped() throws InterruptedException {
        thread.join();
    }
}
