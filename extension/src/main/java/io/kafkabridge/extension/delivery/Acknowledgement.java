package io.kafkabridge.extension.delivery;

/**
 * Learns what became of a record. Exactly one of {@link #safe} and {@link #failed} is called, once, on a thread of the
 * delivery's or on the thread that handed the record in; they must not block.
 */
public interface Acknowledgement {

    /**
     * The record is safe: all in-sync replicas have it ({@code acks=all}), or it is on the broker's disk, fsynced, in the
     * spool or among the rejected records.
     */
    void safe();

    /**
     * The record is nowhere and won't be.
     *
     * @param cause why, fit for a log line
     * @return whether a client is disconnected for it
     */
    boolean failed(Exception cause);

    /**
     * Whether the record may still be stored. False once an earlier publish of the same connection has failed: that one
     * comes again, and this one must not get ahead of it. Any thread.
     */
    boolean isWanted();
}
