package io.kafkabridge.extension.delivery;

/** What a delivery owes to a record. */
public enum Persistence {
    /** Dropped and counted when Kafka doesn't take it: QoS 0. */
    BEST_EFFORT,

    /** Reported as failed when Kafka doesn't take it in time: its client sends it again (QoS 1). */
    OR_FAIL,

    /**
     * Kept until Kafka takes it, beyond every limit: nobody sends it again. HiveMQ CE remembers a QoS 2 publish before
     * its interceptors run, and answers a repeat itself.
     */
    UNTIL_DELIVERED
}
