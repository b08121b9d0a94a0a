package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;

/** A record on its way from the spool to Kafka. It stays in the spool until Kafka has it. */
final class DrainedRecord extends Submission {

    private final SpoolDrain drain;
    private final DrainProgress.Group group;
    private final MappingMetrics metrics;
    private final int size;

    /**
     * A record that is about to be sent.
     *
     * @param size see {@link Submission#sizeOf}
     */
    DrainedRecord(
            final ProducerRecord<byte[], byte[]> record,
            final int size,
            final SpoolDrain drain,
            final DrainProgress.Group group,
            final MappingMetrics metrics) {
        super(record);
        this.size = size;
        this.drain = drain;
        this.group = group;
        this.metrics = metrics;
    }

    @Override
    void delivered(final long now) {
        metrics.drained(valueBytes());
        drain.delivered(now - submittedNanos());
        done();
    }

    @Override
    void rejected(final Exception reason) {
        metrics.rejectedFromSpool(Refusals.name(reason));
        done();
    }

    private void done() {
        group.recordDone(size);
        drain.done();
    }

    @Override
    void notDelivered(final Exception cause) {
        drain.notDelivered(this, cause);
    }

    @Override
    void fail(final Exception cause) {
        throw new IllegalStateException("A record of the spool isn't given up", cause);
    }

    @Override
    boolean isKept() {
        return true;
    }
}
