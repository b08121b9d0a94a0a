package io.kafkabridge.extension.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps kafka-clients from filling HiveMQ's log: it writes all its settings whenever a producer is made, and a line a
 * second while a broker is away. The bridge tells what matters itself.
 */
final class KafkaLogging {

    private static final String KAFKA = "org.apache.kafka";

    /** Repeats a refused password or certificate once a second, as an error. */
    private static final String NETWORK = KAFKA + ".clients.NetworkClient";

    private KafkaLogging() {}

    /** Shows kafka-clients' errors only, unless the operator has given the loggers a level in logback.xml. */
    static void quieten() {
        setUnlessSet(KAFKA, Level.ERROR);
        setUnlessSet(NETWORK, Level.OFF);
    }

    private static void setUnlessSet(final String name, final Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
            logger.setLevel(level);
        }
    }
}
