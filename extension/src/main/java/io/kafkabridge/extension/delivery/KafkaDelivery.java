package io.kafkabridge.extension.delivery;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.config.KafkaCluster;
import io.kafkabridge.extension.status.MappingMetrics;

/**
 * The way to one Kafka cluster. {@link #send} never blocks and may be called by any number of threads; one thread of its
 * own does all that may wait: it opens the producer, sends what had to wait, and replaces the producer when the cluster
 * didn't take a record in time.
 *
 * <p>That replacement keeps the order. When a record is late, the records behind it must not reach Kafka before its client
 * has sent it again: so everything under way is aborted, and fails together.
 */
public final class KafkaDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaDelivery.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaCluster cluster;
    private final Producers producers;
    private final Lanes lanes;
    private final Thread thread;
    private final OutageLog outageLog;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong sequence = new AtomicLong();

    private final Rejections rejections;

    /** Kept records of an aborted producer, until they go to the next one. */
    private final Queue<PendingRecord> aborted = new ConcurrentLinkedQueue<>();

    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean stopping;

    private @Nullable Exception cause;
    private long nextOpen = System.nanoTime();

    /**
     * Makes a delivery, which does nothing before {@link #start()}.
     *
     * @param cluster the cluster
     * @param topics all Kafka topics that records will be sent to
     * @param data the bridge's folder in HiveMQ's data folder
     */
    public KafkaDelivery(final KafkaCluster cluster, final Collection<String> topics, final Path data) {
        this(cluster, topics, data, new Producers(cluster));
    }

    KafkaDelivery(
            final KafkaCluster cluster, final Collection<String> topics, final Path data, final Producers producers) {
        this.cluster = cluster;
        this.rejections = new Rejections(
                cluster.id(),
                new RejectedRecords(data.resolve("rejected").resolve(cluster.id()), cluster.maxRejected()));
        this.producers = producers;
        this.lanes = new Lanes(topics, cluster.deliveryTimeout());
        this.outageLog = new OutageLog(cluster.id());
        this.thread = new Thread(this::run, "hivemq-kafka-bridge-" + cluster.id());
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
     * @param persistence what to do when Kafka doesn't take it
     * @param acknowledgement learns what became of it
     * @param metrics counts it
     */
    public void send(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final MappingMetrics metrics) {
        final TopicLane lane = lanes.of(record.topic());
        final boolean kept = persistence == Persistence.UNTIL_DELIVERED;
        final PendingRecord pending = new PendingRecord(
                record, persistence, acknowledgement, metrics, this, lane, kept ? sequence.incrementAndGet() : 0);
        metrics.taken();
        if (inFlight.addAndGet(pending.size()) > cluster.maxInFlight() && !kept) {
            pending.fail(new TimeoutException("more than <max-in-flight> is on its way to Kafka already"));
        } else if (lane.send(pending, producer)) {
            LockSupport.unpark(thread);
        }
    }

    void release(final long size) {
        inFlight.addAndGet(-size);
    }

    /** The bytes that are on their way. */
    public long inFlight() {
        return inFlight.get();
    }

    /** Kafka didn't take a record: decides whether that is the record's fault or the cluster's. Any thread. */
    void notDelivered(final PendingRecord record, final Exception error) {
        if (Refusals.concernsRecord(error)) {
            rejections.add(record, error);
            LockSupport.unpark(thread);
            return;
        }
        if (record.isKept()) {
            aborted.add(record);
        } else {
            record.fail(error);
        }
        final Producer<byte[], byte[]> current = producer;
        if (failure.compareAndSet(null, error) && current != null) {
            // On Kafka's I/O thread: it ends before it sends another request. The delivery's thread does the rest.
            current.close(Duration.ZERO);
        }
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopping) {
            try {
                step();
            } catch (final RuntimeException e) {
                LOG.error("The delivery to Kafka cluster '{}' goes on after an unexpected error.", cluster.id(), e);
            }
            final boolean idle =
                    producer != null && rejections.isEmpty() && lanes.closed().isEmpty();
            LockSupport.parkNanos(this, (idle ? RETRY : TICK).toNanos());
        }
        finish();
    }

    private void step() {
        final long now = System.nanoTime();
        final Exception failed = failure.get();
        if (failed != null) {
            reset(failed);
        }
        if (producer == null && now - nextOpen >= 0) {
            open();
        }
        rejections.keep();
        drain();
        final List<TopicLane> closed = lanes.closed();
        closed.forEach(lane -> lane.expire(cause));
        outageLog.observe(closed, cause, Producers.isConnected(producer));
        cause = closed.isEmpty() ? null : cause;
    }

    private void drain() {
        final Producer<byte[], byte[]> current = producer;
        if (current != null) {
            lanes.drain(current, this::noteCause);
        }
    }

    private void noteCause(final Exception error) {
        // A wrong password shows once, then hides behind time-outs that say nothing.
        if (cause == null || !(error instanceof TimeoutException) || error.getCause() != null) {
            cause = error;
        }
        if (!(error instanceof ApiException)) {
            // The producer itself is broken; one that waits for Kafka throws ApiExceptions.
            failure.compareAndSet(null, error);
        }
    }

    private void open() {
        try {
            producer = producers.open();
        } catch (final UnknownHostException | RuntimeException e) {
            // Can't be reached, or a truststore that can't be read: for the records it is all the same.
            cause = e;
            nextOpen = System.nanoTime() + RETRY.toNanos();
        }
    }

    private void reset(final Exception error) {
        LOG.debug("Replacing the producer of Kafka cluster '{}'", cluster.id(), error);
        lanes.closeAll();
        final Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            // Returns when all records under way have been called back.
            old.close(Duration.ZERO);
        }
        lanes.putBack(aborted);
        lanes.failWaiting(error);
        cause = error;
        nextOpen = System.nanoTime() + TICK.toNanos();
        failure.set(null);
    }

    /** Begins to stop: what is under way is still sent, within the cluster's shutdown timeout. */
    public void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Waits until the delivery has stopped. */
    public void awaitStopped() throws InterruptedException {
        thread.join();
    }

    private void finish() {
        final long deadline = System.nanoTime() + cluster.shutdownTimeout().toNanos();
        while (producer != null && failure.get() == null && lanes.waiting() > 0 && System.nanoTime() - deadline < 0) {
            drain();
            LockSupport.parkNanos(this, TICK.toNanos());
        }
        final Producer<byte[], byte[]> last = producer;
        if (last != null) {
            last.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        final int left = lanes.waiting() + aborted.size() + rejections.size();
        if (left > 0) {
            LOG.warn(
                    "HiveMQ stops while {} records wait for Kafka cluster '{}'. Clients with a session send those that"
                            + " were not acknowledged again; QoS 0 publishes are gone.",
                    left,
                    cluster.id());
        }
    }
}
