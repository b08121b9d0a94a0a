package io.kafkabridge.extension.delivery;

/**
 * Learns what became of a record. Exactly one of the methods is called, once, on a thread of the delivery's or on the
 * thread that handed the record in; they must not block.
 */
public interface Acknowledgement {

    /** The record is safe: all in-sync replicas have it ({@code acks=all}). */
    void delivered();

    /**
     * The record didn't reach Kafka and won't.
     *
     * @param cause why, fit for a log line
     */
    void failed(Exception cause);
}
