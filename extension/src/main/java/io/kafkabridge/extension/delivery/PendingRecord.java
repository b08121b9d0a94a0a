package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.status.MappingMetrics;

/**
 * A record on its way. One thread at a time submits it; Kafka's I/O thread completes it.
 */
final class PendingRecord implements Callback {

    /** Heap beyond key and value: the objects of a record, a callback and a place in a batch. An estimate. */
    private static final int OVERHEAD = 300;

    private final ProducerRecord<byte[], byte[]> record;
    private final Persistence persistence;
    private final Acknowledgement acknowledgement;
    private final MappingMetrics metrics;
    private final KafkaDelivery delivery;
    private final TopicLane lane;
    private final long arrivalNanos;
    private final long sequence;

    private @Nullable Thread submitter;
    private @Nullable Exception refusal;

    PendingRecord(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final MappingMetrics metrics,
            final KafkaDelivery delivery,
            final TopicLane lane,
            final long sequence) {
        this.record = record;
        this.persistence = persistence;
        this.acknowledgement = acknowledgement;
        this.metrics = metrics;
        this.delivery = delivery;
        this.lane = lane;
        this.sequence = sequence;
        this.arrivalNanos = System.nanoTime();
    }

    /**
     * Hands the record to a producer, which must not block ({@code max.block.ms=0}).
     *
     * @return why the producer didn't take it, or null when it did and will call back
     */
    @Nullable
    Exception submit(final Producer<byte[], byte[]> producer) {
        refusal = null;
        submitter = Thread.currentThread();
        try {
            producer.send(record, this);
        } catch (final RuntimeException e) {
            return e;
        } finally {
            submitter = null;
        }
        return refusal;
    }

    @Override
    public void onCompletion(final @Nullable RecordMetadata metadata, final @Nullable Exception exception) {
        // send() itself calls back when it refuses a record; results come on Kafka's I/O thread.
        if (exception != null && submitter == Thread.currentThread()) {
            refusal = exception;
        } else if (exception != null) {
            notDelivered(exception);
        } else {
            delivery.release(size());
            metrics.forwarded();
            acknowledgement.delivered();
        }
    }

    void notDelivered(final Exception cause) {
        delivery.notDelivered(this, cause);
    }

    /** Gives the record up. */
    void fail(final Exception cause) {
        delivery.release(size());
        if (persistence == Persistence.BEST_EFFORT) {
            metrics.dropped();
        } else {
            metrics.failed();
        }
        acknowledgement.failed(cause);
    }

    /** Lets the publish go on without Kafka: the record is among the rejected ones, on the disk. */
    void rejected() {
        delivery.release(size());
        metrics.rejected();
        acknowledgement.delivered();
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    boolean isKept() {
        return persistence == Persistence.UNTIL_DELIVERED;
    }

    TopicLane lane() {
        return lane;
    }

    /** The place among the kept records of the cluster, in the order they came. */
    long sequence() {
        return sequence;
    }

    /** Nanoseconds since the record came. */
    long age() {
        return System.nanoTime() - arrivalNanos;
    }

    /** Bytes of heap, about. */
    long size() {
        return (long) OVERHEAD + record.key().length + record.value().length;
    }

    static boolean isNotReady(final Exception refusal) {
        // No metadata yet, or the buffer is full (BufferExhaustedException is one); closed in the meantime.
        return refusal instanceof TimeoutException || !Refusals.concernsRecord(refusal);
    }
}
