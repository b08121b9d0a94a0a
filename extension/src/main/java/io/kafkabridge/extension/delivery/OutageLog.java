package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator when topics of a cluster take no records, once a minute at most, and when they do again. A cause that
 * becomes known later is told at once. Used by the delivery's thread only.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();
    private static final long REPEAT = Duration.ofMinutes(1).toNanos();

    private final String cluster;
    private long since;
    private long lastTold;
    private boolean reached;
    private boolean away;
    private boolean told;
    private boolean explained;

    OutageLog(final String cluster) {
        this.cluster = cluster;
    }

    /** Looks at the lanes that are closed now. */
    void observe(final List<TopicLane> closed, final @Nullable Exception cause, final boolean connected) {
        final long now = System.nanoTime();
        if (closed.isEmpty()) {
            if (told) {
                LOG.info("Kafka cluster '{}' takes records again, after {} s.", cluster, seconds(now - since));
            } else if (!reached) {
                LOG.info("Kafka cluster '{}' takes records.", cluster);
            }
            reached = true;
            away = false;
            told = false;
            explained = false;
            return;
        }
        if (!away) {
            away = true;
            since = now;
        }
        final boolean news = !told || (!explained && knows(cause));
        if (now - since >= PATIENCE && (news || now - lastTold >= REPEAT)) {
            told = true;
            explained = knows(cause);
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

    /** Whether the cause says more than that time has passed. */
    private static boolean knows(final @Nullable Exception cause) {
        return cause != null && (cause.getCause() != null || !(cause instanceof TimeoutException));
    }

    private static String explain(final @Nullable Exception cause, final boolean connected) {
        if (cause != null && cause.getCause() != null) {
            return "Cause: " + reason(cause.getCause());
        }
        if (cause != null && !(cause instanceof TimeoutException)) {
            return "Cause: " + cause;
        }
        return connected
                ? "Its brokers answer, but none leads the topic."
                : "No broker answers: is Kafka running, and are <bootstrap-servers> and <tls> right?";
    }

    /** The first that says what happened: Kafka wraps a truststore's error in "Failed to create new NetworkClient". */
    private static Throwable reason(final Throwable wrapped) {
        Throwable reason = wrapped;
        while (reason.getClass() == KafkaException.class && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }
}
