package io.kafkabridge.extension.delivery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps kafka-clients from filling HiveMQ's log: it writes all its settings whenever a producer is made, and a line a
 * second while a broker is away. The bridge tells what matters itself.
 */
final class KafkaLogging {

    private static final String KAFKA = "org.apache.kafka";

    private KafkaLogging() {}

    /** Shows kafka-clients' errors only, unless the operator has given {@code org.apache.kafka} a level in logback.xml. */
    static void quieten() {
        if (LoggerFactory.getLogger(KAFKA) instanceof Logger logger && logger.getLevel() == null) {
            logger.setLevel(Level.ERROR);
        }
    }
}
