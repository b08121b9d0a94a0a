package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.spool.SpoolFullException;

/** Tells an operator when the spool takes nothing, once a minute at most, and when it does again. For the writer's thread. */
final class SpoolLog {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolLog.class);
    private static final long REPEAT = Duration.ofMinutes(1).toNanos();

    private final String cluster;
    private boolean refuses;
    private long nextTold = System.nanoTime();

    SpoolLog(final String cluster) {
        this.cluster = cluster;
    }

    void refused(final IOException cause) {
        refuses = true;
        final long now = System.nanoTime();
        if (now - nextTold >= 0) {
            nextTold = now + REPEAT;
            LOG.error(
                    "The spool of Kafka cluster '{}' {}. QoS 1 and 2 clients are disconnected without an acknowledgement,"
                            + " so that they keep their messages; QoS 0 messages are dropped. {}",
                    cluster,
                    cause instanceof SpoolFullException ? "is full" : "can't be written",
                    cause.getMessage());
        }
    }

    void written() {
        if (refuses) {
            refuses = false;
            LOG.info("The spool of Kafka cluster '{}' takes records again.", cluster);
        }
    }
}
