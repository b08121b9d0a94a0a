package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpooledRecord;

/**
 * Sends what is in the spool to Kafka, in order, a window of it at a time, with a producer of its own: nobody waits for these
 * records, so it is patient where the live producer isn't. After a failure it begins again with the first record that Kafka
 * may not have. For the delivery's thread; callbacks come on Kafka's.
 */
final class SpoolDrain {

    /** Bytes on their way. More wins nothing, and would be sent again after a failure. */
    private static final long WINDOW = 4 << 20;

    private static final long RETRY = Duration.ofSeconds(1).toNanos();
    private static final long DELIVERING = Duration.ofSeconds(3).toNanos();
    private static final long NOT_READY = Duration.ofMillis(50).toNanos();
    private static final long PAUSE = Duration.ofMillis(500).toNanos();

    private final Spool spool;
    private final SpoolCursor cursor;
    private final Producers producers;
    private final Rejections rejections;
    private final MissingTopics missingTopics;
    private final MissingPartitions missingPartitions = new MissingPartitions();
    private final TopicCreator creator;
    private final Map<String, Origin> origins;
    private final SpoolPace pace;
    private final ClusterMetrics metrics;
    private final Runnable wake;

    private final OutageCause cause = new OutageCause();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile @Nullable Producer<byte[], byte[]> producer;

    private volatile DrainProgress progress = new DrainProgress();
    private long nextTry = System.nanoTime();
    private long lastDelivery = nextTry - DELIVERING;

    /** Makes a drain; the origins are by their ids, and {@code wake} is called when there is something to do. */
    SpoolDrain(
            final Spool spool,
            final Producers producers,
            final Rejections rejections,
            final MissingTopics missingTopics,
            final TopicCreator creator,
            final Map<String, Origin> origins,
            final SpoolPace pace,
            final ClusterMetrics metrics,
            final Runnable wake) {
        this.spool = spool;
        this.cursor = new SpoolCursor(spool);
        this.producers = producers;
        this.rejections = rejections;
        this.missingTopics = missingTopics;
        this.creator = creator;
        this.origins = origins;
        this.pace = pace;
        this.metrics = metrics;
        this.wake = wake;
    }

    /** Sends as much as the window and Kafka allow, and forgets what Kafka has. */
    void step() {
        try {
            final Exception failed = failure.get();
            if (failed != null) {
                cause.note(failed);
                restart();
                pause();
            }
            forget();
            if (System.nanoTime() - nextTry >= 0) {
                send(open());
                progress.seal();
                forget();
            }
        } catch (final IOException | RuntimeException e) {
            // Kafka can't be reached, a broken truststore, a disk that can't be read: it is tried again.
            cause.note(e);
            nextTry = System.nanoTime() + RETRY;
        }
    }

    private Producer<byte[], byte[]> open() throws UnknownHostException {
        Producer<byte[], byte[]> opened = producer;
        if (opened == null) {
            opened = producers.openPatient();
            producer = opened;
        }
        return opened;
    }

    private void forget() throws IOException {
        final long done = progress.advance();
        if (done >= 0) {
            cause.clear();
            lastDelivery = System.nanoTime();
            spool.consumed(done);
        }
    }

    private void send(final Producer<byte[], byte[]> to) throws IOException {
        while (progress.inFlight() < WINDOW) {
            final SpooledRecord record = cursor.peek();
            if (record == null) {
                return;
            }
            if (!send(record, to)) {
                nextTry = System.nanoTime() + NOT_READY;
                return;
            }
            cursor.advance();
        }
    }

    private boolean send(final SpooledRecord spooled, final Producer<byte[], byte[]> to) {
        final int size = Submission.sizeOf(spooled.record());
        final DrainProgress.Group group = progress.growing();
        final Origin origin = origins.getOrDefault(spooled.origin(), Origin.GONE);
        final DrainedRecord record = new DrainedRecord(spooled.record(), size, this, group, origin.metrics());
        group.recordStarted(size);
        final Exception refusal = submit(record, origin, to);
        final @Nullable Exception rejection = refusal == null ? null : rejection(spooled.record(), refusal, to);
        if (refusal != null && rejection == null) {
            group.recordDone(size);
            cause.note(refusal);
            if (Refusals.breaksProducer(refusal)) {
                failure.compareAndSet(null, refusal);
            }
            return false;
        }
        progress.sent(spooled.offset(), size);
        pace.drained(spooled.offset() + 1);
        if (rejection != null) {
            rejections.add(record, rejection);
        } else {
            missingTopics.note(spooled.record().topic(), null);
        }
        return true;
    }

    private @Nullable Exception submit(
            final DrainedRecord record, final Origin origin, final Producer<byte[], byte[]> to) {
        final String topic = record.record().topic();
        try {
            creator.ensure(topic, origin.topicCreation());
        } catch (final RuntimeException e) {
            return e;
        }
        final Exception refusal = record.submit(to, System.nanoTime());
        creator.noteRefusal(topic, refusal);
        return refusal;
    }

    /** Why a record that the producer refused will never be taken; null: it may be later. */
    private @Nullable Exception rejection(
            final ProducerRecord<byte[], byte[]> record, final Exception refusal, final Producer<byte[], byte[]> to) {
        final Exception reason =
                Submission.isNotReady(refusal) ? missingTopics.giveUp(record.topic(), refusal) : refusal;
        return reason != null ? reason : missingPartitions.giveUp(record, to);
    }

    /** Kafka has a record, so long after it was handed to the producer. Any thread. */
    void delivered(final long nanos) {
        metrics.kafkaLatency().record(nanos);
    }

    /** A record is done with: Kafka has it, or it was rejected. Any thread. */
    void done() {
        if (progress.inFlight() < WINDOW / 2) {
            wake.run();
        }
    }

    /** Kafka didn't take a record. Any thread. */
    void notDelivered(final DrainedRecord record, final Exception error) {
        if (Refusals.concernsRecord(error)) {
            rejections.add(record, error);
        } else if (failure.compareAndSet(null, error)) {
            final Producer<byte[], byte[]> current = producer;
            if (current != null) {
                current.close(Duration.ZERO); // On Kafka's I/O thread: it ends before it sends what comes next.
            }
        }
        wake.run();
    }

    /** Whether all records of the spool are on their way, or are there. */
    boolean isAtEnd() {
        return cursor.isAtEnd();
    }

    /** Whether Kafka has all records of the spool. */
    boolean isDone() {
        return isAtEnd() && progress.isEmpty();
    }

    @Nullable
    Exception cause() {
        return cause.get();
    }

    /** Whether Kafka takes records from the spool, as far as is known. */
    boolean isDelivering() {
        return System.nanoTime() - lastDelivery < DELIVERING;
    }

    /** Makes {@link #isDelivering} false until Kafka takes the next record. */
    void restart() {
        lastDelivery = System.nanoTime() - DELIVERING;
    }

    @Nullable
    Producer<byte[], byte[]> producer() {
        return producer;
    }

    /** Stops to drain; {@link #step} begins again with the first record that Kafka may not have. */
    void pause() {
        final Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(Duration.ZERO); // Returns when all records under way have been called back.
        }
        try {
            forget();
            cursor.rewind();
        } catch (final IOException e) {
            cause.note(e); // Then records are sent again.
        }
        progress = new DrainProgress();
        failure.set(null);
        nextTry = System.nanoTime() + PAUSE;
    }
}
