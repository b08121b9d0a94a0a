package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.delivery.spooled.Spoolable;
import io.kafkabridge.extension.kafka.KafkaErrors;
import io.kafkabridge.extension.kafka.Submission;
import io.kafkabridge.extension.kafka.TopicLane;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.spool.Spool;

/** A record on its way from HiveMQ to where it is safe. It is handed to one producer at most: one that came back is a new one. */
final class PendingRecord extends Submission implements Spoolable {

    /** Whose record it is: the delivery. Any thread. */
    interface Owner {

        /** Kafka will never take a record. */
        void reject(PendingRecord record, Exception reason);

        /** A record of that size isn't on its way any more. */
        void release(long size);

        /** What hears of a record's outcome has thrown: the record is where it is all the same. */
        void unexpected(Throwable error);

        /** What is counted and timed on the way to the cluster. */
        ClusterMetrics metrics();

        /** The time by its clock; {@link System#nanoTime}. */
        long now();
    }

    private final Persistence persistence;
    private final Acknowledgement acknowledgement;
    private final Origin origin;
    private final Owner owner;
    private final TopicLane<PendingRecord> lane;
    private final int size;

    /** When it came. Grows from record to record of a client, which is what the order is about. */
    private final long arrivalNanos;

    PendingRecord(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin,
            final Owner owner,
            final TopicLane<PendingRecord> lane,
            final long arrivalNanos) {
        super(record);
        this.persistence = persistence;
        this.acknowledgement = acknowledgement;
        this.origin = origin;
        this.owner = owner;
        this.lane = lane;
        this.arrivalNanos = arrivalNanos;
        this.size = sizeOf(record);
    }

    /** The same record on its way to another delivery, which is about to take it. */
    PendingRecord movedTo(final Owner other, final TopicLane<PendingRecord> otherLane) {
        owner.release(size);
        return new PendingRecord(record(), persistence, acknowledgement, origin, other, otherLane, arrivalNanos);
    }

    /** The same record, for another producer: the callback of the first doesn't concern it. */
    PendingRecord again() {
        return new PendingRecord(record(), persistence, acknowledgement, origin, owner, lane, arrivalNanos);
    }

    @Override
    protected void delivered() {
        final long now = owner.now();
        owner.metrics().kafkaLatency().record(now - submittedNanos());
        origin.metrics().forwarded(valueBytes());
        safe(now);
    }

    @Override
    protected void refused(final Exception reason) {
        owner.reject(this, reason);
    }

    @Override
    public void fail(final Exception cause) {
        owner.release(size);
        if (persistence == Persistence.BEST_EFFORT) {
            origin.metrics().dropped();
        } else {
            origin.metrics().failed();
        }
        try {
            if (acknowledgement.failed(cause)) {
                owner.metrics().disconnect();
            }
        } catch (final RuntimeException | Error e) {
            owner.unexpected(e);
        }
    }

    @Override
    public void rejected(final Exception reason) {
        origin.metrics()
                .rejected(reason instanceof UnexpectedErrorException ? "unexpected-error" : KafkaErrors.name(reason));
        safe(owner.now());
    }

    @Override
    public void spooled() {
        origin.metrics().spooled();
        safe(owner.now());
    }

    /** What the listener throws is told, and concerns no other record. */
    private void safe(final long now) {
        owner.release(size);
        if (persistence != Persistence.BEST_EFFORT) {
            owner.metrics().acknowledgementTime().record(now - arrivalNanos);
        }
        try {
            acknowledgement.safe();
        } catch (final RuntimeException | Error e) {
            owner.unexpected(e);
        }
    }

    @Override
    public Spool.Entry toEntry() {
        return new Spool.Entry(origin.mappingId(), record());
    }

    @Override
    public boolean isWanted() {
        return acknowledgement.isWanted();
    }

    @Override
    public boolean isKept() {
        return persistence == Persistence.UNTIL_SAFE;
    }

    Origin origin() {
        return origin;
    }

    Persistence persistence() {
        return persistence;
    }

    TopicLane<PendingRecord> lane() {
        return lane;
    }

    long arrivalNanos() {
        return arrivalNanos;
    }

    @Override
    public long size() {
        return size;
    }
}
