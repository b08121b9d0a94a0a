package io.kafkabridge.extension.delivery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The engine's log, which a simulation would fill. For one thread. */
final class SimulationLog {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.kafkabridge");
    private final @Nullable Level before = logger.getLevel();

    void off() {
        logger.setLevel(Level.OFF);
    }

    void restore() {
        logger.setLevel(before);
    }
}
