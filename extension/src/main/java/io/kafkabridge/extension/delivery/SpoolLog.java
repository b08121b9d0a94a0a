package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.spool.SpoolFullException;

/** Tells an operator when the spool takes nothing, once a minute at most, and when it does again. For the writer's thread. */
final class SpoolLog {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolLog.class);

    private final String cluster;
    private final OncePerMinute limit = new OncePerMinute();
    private boolean refuses;
    private long since;

    SpoolLog(final String cluster) {
        this.cluster = cluster;
    }

    void refused(final IOException cause) {
        if (!refuses) {
            refuses = true;
            since = System.nanoTime();
        }
        if (!limit.isDue()) {
            return;
        }
        if (cause instanceof SpoolFullException) {
            LOG.error(
                    "The spool of Kafka cluster '{}' is full, for {} now. QoS 1 and 2 clients are disconnected without an"
                            + " acknowledgement, so that they keep their messages; QoS 0 messages are dropped. {}. Bring Kafka"
                            + " back, or make room: raise <max-size> in <spool>, or free the disk.",
                    cluster,
                    Wording.time(refusing()),
                    cause.getMessage());
        } else {
            LOG.error(
                    "The spool of Kafka cluster '{}' can't be written, for {} now. QoS 1 and 2 clients are disconnected without"
                            + " an acknowledgement, so that they keep their messages; QoS 0 messages are dropped. Check the disk"
                            + " and the permissions of the folder. {}",
                    cluster,
                    Wording.time(refusing()),
                    cause.toString());
        }
    }

    void written() {
        if (refuses) {
            refuses = false;
            LOG.info(
                    "The spool of Kafka cluster '{}' takes records again, after {}.",
                    cluster,
                    Wording.time(refusing()));
        }
    }

    private Duration refusing() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
