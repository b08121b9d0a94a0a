package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record that is handed to a producer. One thread at a time submits it; Kafka's I/O thread completes it. */
abstract class Submission implements Callback {

    /** Heap beyond key and value: the objects of a record, its headers, a callback and a place in a batch. An estimate. */
    private static final int OVERHEAD = 400;

    private final ProducerRecord<byte[], byte[]> record;
    private @Nullable Thread submitter;
    private @Nullable Exception refusal;
    private long submittedNanos;

    Submission(final ProducerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    /**
     * Hands the record to a producer, which must not block ({@code max.block.ms=0}).
     *
     * @param now {@link System#nanoTime}
     * @return why the producer didn't take it, or null when it did and will call back
     */
    final @Nullable Exception submit(final Producer<byte[], byte[]> producer, final long now) {
        refusal = null;
        submitter = Thread.currentThread();
        submittedNanos = now;
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
    public final void onCompletion(final @Nullable RecordMetadata metadata, final @Nullable Exception exception) {
        // send() itself calls back when it refuses a record; results come on Kafka's I/O thread.
        if (exception != null && submitter == Thread.currentThread()) {
            refusal = exception;
        } else if (exception != null) {
            notDelivered(exception);
        } else {
            delivered(System.nanoTime());
        }
    }

    /** When it was handed to a producer, the last time. */
    final long submittedNanos() {
        return submittedNanos;
    }

    /** Bytes of the record's value. */
    final int valueBytes() {
        return length(record.value());
    }

    /** Bytes of heap that a record on its way takes, about. */
    static int sizeOf(final ProducerRecord<byte[], byte[]> record) {
        int size = OVERHEAD + length(record.key()) + length(record.value());
        for (final Header header :
                record.headers().toArray()) { // A client may send as many user properties as it likes.
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(final byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    final ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    /**
     * Kafka has the record.
     *
     * @param now {@link System#nanoTime}
     */
    abstract void delivered(long now);

    /** Kafka didn't take the record, by its own fault or the cluster's. */
    abstract void notDelivered(Exception cause);

    /** The record is among the rejected ones, on the disk, for that reason. */
    abstract void rejected(Exception reason);

    /** Gives the record up. */
    abstract void fail(Exception cause);

    /** Whether the record can't be given up: nobody would send it again. */
    abstract boolean isKept();

    /** Whether a producer refused for now: no metadata yet, or the buffer is full; or it was closed in the meantime. */
    static boolean isNotReady(final Exception refusal) {
        return refusal instanceof TimeoutException || !Refusals.concernsRecord(refusal);
    }
}
