package io.kafkabridge.extension.delivery.spooled;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.kafka.KafkaErrors;
import io.kafkabridge.extension.kafka.Submission;

/** A record on its way from the spool to Kafka. It stays in the spool until Kafka has it. */
final class DrainedRecord extends Submission {

    private final SpoolDrain drain;
    private final DrainProgress.Group group;
    private final long offset;
    private final Origin origin;
    private final int size;

    /**
     * A record that is about to be sent.
     *
     * @param offset where it is in the spool
     * @param size see {@link Submission#sizeOf}
     */
    DrainedRecord(
            final ProducerRecord<byte[], byte[]> record,
            final long offset,
            final int size,
            final SpoolDrain drain,
            final DrainProgress.Group group,
            final Origin origin) {
        super(record);
        this.offset = offset;
        this.size = size;
        this.drain = drain;
        this.group = group;
        this.origin = origin;
    }

    /** The same record, for another producer: the callback of the first doesn't concern it. */
    DrainedRecord again() {
        return new DrainedRecord(record(), offset, size, drain, group, origin);
    }

    long offset() {
        return offset;
    }

    Origin origin() {
        return origin;
    }

    @Override
    protected void delivered() {
        origin.metrics().drained(valueBytes());
        drain.delivered(submittedNanos());
        done();
    }

    @Override
    protected void refused(final Exception reason) {
        drain.reject(this, reason);
    }

    @Override
    public void rejected(final Exception reason) {
        origin.metrics()
                .rejectedFromSpool(reason instanceof Expiry.ExpiredException ? "expired" : KafkaErrors.name(reason));
        done();
    }

    private void done() {
        group.recordDone(size);
        drain.done();
    }

    /** It stays in the spool, for whoever opens that next. */
    @Override
    public void fail(final Exception cause) {}

    @Override
    public boolean isWanted() {
        return true;
    }

    @Override
    public boolean isKept() {
        return true;
    }
}
