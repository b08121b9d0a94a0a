package io.kafkabridge.extension.delivery;

/** How the way to a Kafka cluster is. */
public enum DeliveryState {
    /** It isn't known yet whether Kafka takes records. */
    STARTING(0),
    /** Kafka takes records as they come. */
    LIVE(1),
    /** Kafka takes none for some topics, whose records wait in memory. */
    WAITING(2),
    /** Kafka takes no records; they go to the spool. */
    AWAY(3),
    /** Kafka takes what is in the spool; new records go behind it. */
    CATCHING_UP(4),
    /** The bridge meets an unexpected error again and again: nothing moves, and only a restart of HiveMQ helps. */
    STUCK(5);

    private final int number;

    DeliveryState(final int number) {
        this.number = number;
    }

    /** What the metric {@code state} shows. */
    public int number() {
        return number;
    }
}
