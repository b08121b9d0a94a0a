package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator when topics of a cluster take no records, once a minute at most, and when they do again. Used by the
 * delivery's thread only.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();
    private static final long REPEAT = Duration.ofMinutes(1).toNanos();

    private final String cluster;
    private long since;
    private long lastTold;
    private boolean away;
    private boolean told;

    OutageLog(final String cluster) {
        this.cluster = cluster;
    }

    /** Looks at the lanes that are closed now. */
    void observe(final List<TopicLane> closed, final @Nullable Exception cause, final boolean connected) {
        final long now = System.nanoTime();
        if (closed.isEmpty()) {
            if (told) {
                LOG.info("Kafka cluster '{}' takes records again, after {} s.", cluster, seconds(now - since));
            }
            away = false;
            told = false;
            return;
        }
        if (!away) {
            away = true;
            since = now;
        }
        if (now - since >= PATIENCE && (!told || now - lastTold >= REPEAT)) {
            told = true;
            lastTold = now;
            LOG.warn(
                    "Kafka cluster '{}' takes no records for {} since {} s; {} wait. {}",
                    cluster,
                    closed.stream().map(TopicLane::topic).collect(Collectors.joining(", ")),
                    seconds(now - since),
                    closed.stream().mapToInt(TopicLane::waiting).sum(),
                    explain(cause, connected));
        }
    }

    private static long seconds(final long nanos) {
        return Duration.ofNanos(nanos).toSeconds();
    }

    private static String explain(final @Nullable Exception cause, final boolean connected) {
        if (cause != null && cause.getCause() != null) {
            return "Cause: " + cause.getCause();
        }
        if (cause != null && !(cause instanceof TimeoutException)) {
            return "Cause: " + cause;
        }
        return connected
                ? "Its brokers answer, but none leads the topic."
                : "No broker answers: is Kafka running, and are <bootstrap-servers> and <tls> right?";
    }
}
