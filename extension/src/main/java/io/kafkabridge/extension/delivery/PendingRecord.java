package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.spool.Spool;

/** A record on its way from HiveMQ to where it is safe. */
final class PendingRecord extends Submission {

    private final Persistence persistence;
    private final Acknowledgement acknowledgement;
    private final Origin origin;
    private final KafkaDelivery delivery;
    private final TopicLane lane;
    private final int size;

    /** When it came. Grows from record to record of a client, which is what the order is about. */
    private final long arrivalNanos;

    PendingRecord(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin,
            final KafkaDelivery delivery,
            final TopicLane lane,
            final long arrivalNanos) {
        super(record);
        this.persistence = persistence;
        this.acknowledgement = acknowledgement;
        this.origin = origin;
        this.delivery = delivery;
        this.lane = lane;
        this.arrivalNanos = arrivalNanos;
        this.size = sizeOf(record);
    }

    /** The same record on its way to another delivery, which is about to take it. */
    PendingRecord movedTo(final KafkaDelivery other, final TopicLane otherLane) {
        delivery.release(size);
        return new PendingRecord(record(), persistence, acknowledgement, origin, other, otherLane, arrivalNanos);
    }

    @Override
    void delivered(final long now) {
        delivery.metrics().kafkaLatency().record(now - submittedNanos());
        origin.metrics().forwarded(valueBytes());
        safe(now);
    }

    @Override
    void notDelivered(final Exception cause) {
        delivery.notDelivered(this, cause);
    }

    @Override
    void fail(final Exception cause) {
        delivery.release(size);
        if (persistence == Persistence.BEST_EFFORT) {
            origin.metrics().dropped();
        } else {
            origin.metrics().failed();
        }
        if (acknowledgement.failed(cause)) {
            delivery.metrics().disconnect();
        }
    }

    @Override
    void rejected(final Exception reason) {
        origin.metrics().rejected(Refusals.name(reason));
        safe(System.nanoTime());
    }

    /** The spool has the record, fsynced. */
    void spooled() {
        origin.metrics().spooled();
        safe(System.nanoTime());
    }

    private void safe(final long now) {
        delivery.release(size);
        if (persistence != Persistence.BEST_EFFORT) {
            delivery.metrics().acknowledgementTime().record(now - arrivalNanos);
        }
        acknowledgement.safe();
    }

    Spool.Entry toEntry() {
        return new Spool.Entry(origin.mappingId(), record());
    }

    /** Whether it may still be stored, see {@link Acknowledgement#isWanted()}. */
    boolean isWanted() {
        return acknowledgement.isWanted();
    }

    @Override
    boolean isKept() {
        return persistence == Persistence.UNTIL_SAFE;
    }

    Origin origin() {
        return origin;
    }

    Persistence persistence() {
        return persistence;
    }

    TopicLane lane() {
        return lane;
    }

    long arrivalNanos() {
        return arrivalNanos;
    }

    /** Bytes of heap, about. */
    long size() {
        return size;
    }
}
