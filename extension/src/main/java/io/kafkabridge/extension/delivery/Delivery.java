package io.kafkabridge.extension.delivery;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;

/** What the intake hands records to: the way to one Kafka cluster. Thread-safe; nothing here blocks. */
public interface Delivery {

    /**
     * Sends a record. Never blocks.
     *
     * @param record the record
     * @param persistence what to do when neither Kafka nor the spool takes it
     * @param acknowledgement learns what became of it
     * @param origin the mapping that it comes from
     */
    void send(
            ProducerRecord<byte[], byte[]> record,
            Persistence persistence,
            Acknowledgement acknowledgement,
            Origin origin);

    /**
     * Keeps a record among the rejected ones: it isn't fit for Kafka, as is known already. Never blocks.
     *
     * @param record what is kept; no Kafka topic of that name is needed
     * @param reason why, fit for a person to read
     * @param persistence see {@link #send}
     * @param acknowledgement learns what became of it
     * @param origin the mapping that it comes from
     */
    void reject(
            ProducerRecord<byte[], byte[]> record,
            Exception reason,
            Persistence persistence,
            Acknowledgement acknowledgement,
            Origin origin);

    /** What is counted and timed on the way to the cluster. */
    ClusterMetrics metrics();
}
