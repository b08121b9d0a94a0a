package io.kafkabridge.benchmark.variant;

import java.util.Locale;

/** The ways from MQTT to Kafka, and the yardsticks. */
public enum Variant {
    SINK("no broker: acknowledges and forgets; shows the load generator's own limit"),
    NONE("HiveMQ without an interceptor"),
    PUBLISH_ONLY("an extension with an empty publish interceptor"),
    FLOOR("an extension with empty publish and PUBACK interceptors: the least that holding acknowledgements costs"),
    BRIDGE("the bridge: sends at the PUBLISH, holds the PUBACK until Kafka has it"),
    BRIDGE_OTHER("another version of the bridge (--other)"),
    BRIDGE_UNMAPPED("the bridge, with topics that no mapping matches"),
    BRIDGE_AWAY("the bridge while Kafka is away (the spool); read back once Kafka is back"),
    HOLD_PUBLISH("an extension that holds the PUBLISH until Kafka has it"),
    PAHO_SUBSCRIBER("a process: Paho subscriber, persistent session, manual acknowledgements, KafkaProducer"),
    CAMEL("a process: Camel route from paho-mqtt5 to kafka, manual acknowledgements");

    private final String description;

    Variant(String description) {
        this.description = description;
    }

    /** What it is, for people. */
    public String description() {
        return description;
    }

    /** Whether messages end in Kafka, so that the ledger can be checked. */
    public boolean reachesKafka() {
        return switch (this) {
            case SINK, NONE, PUBLISH_ONLY, FLOOR, BRIDGE_UNMAPPED -> false;
            case BRIDGE, BRIDGE_OTHER, BRIDGE_AWAY, HOLD_PUBLISH, PAHO_SUBSCRIBER, CAMEL -> true;
        };
    }

    /** The MQTT topic, above the client's level, whose records land in {@link #kafkaTopic}. */
    public String mqttTopic(int number) {
        return (this == BRIDGE_UNMAPPED ? "unmapped/" : "bench/") + number;
    }

    /** The Kafka topic of that number. */
    public static String kafkaTopic(int number) {
        return "bench-" + number;
    }

    /** The name on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
