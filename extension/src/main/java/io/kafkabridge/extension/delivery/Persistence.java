package io.kafkabridge.extension.delivery;

/** What a delivery owes to a record that neither Kafka nor the spool takes. */
public enum Persistence {
    /** Dropped and counted: QoS 0. */
    BEST_EFFORT,

    /** Reported as failed: its client sends it again (QoS 1). */
    OR_FAIL,

    /**
     * Kept until Kafka or the spool takes it, beyond every limit: nobody sends it again. HiveMQ CE remembers a QoS 2
     * publish before its interceptors run, and answers a repeat itself.
     */
    UNTIL_SAFE
}
