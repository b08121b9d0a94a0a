package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator when a cluster or some of its topics take no records, once a minute at most, and when they do again. A
 * cause that becomes known later is told at once. For the delivery's thread.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();
    private static final long REPEAT = Duration.ofMinutes(1).toNanos();
    private static final double MIB = 1 << 20;

    private final String cluster;
    private long since;
    private long lastTold;
    private boolean reached;
    private boolean away;
    private boolean told;
    private boolean explained;
    private boolean drainTold;

    OutageLog(final String cluster) {
        this.cluster = cluster;
    }

    /** Everything is in Kafka, or on its way there without a stop. */
    void isLive() {
        if (told || drainTold) {
            LOG.info("Kafka cluster '{}' takes records again, after {} s.", cluster, seconds());
        } else if (!reached) {
            LOG.info("Kafka cluster '{}' takes records.", cluster);
        }
        reached = true;
        away = false;
        told = false;
        explained = false;
        drainTold = false;
    }

    /** Some topics' records wait in memory. */
    void waits(final String topics, final int records, final @Nullable Exception cause, final boolean connected) {
        tell(PATIENCE, " for " + topics, () -> records + " wait", cause, connected);
    }

    /** All records go to the spool. Told once it has any, or once the cause is known. */
    void spools(final long records, final long bytes, final @Nullable Exception cause, final boolean connected) {
        if (drainTold) {
            drainTold = false;
            told = false; // Away once more.
            explained = false;
        }
        if (records > 0 || (cause != null && OutageCause.says(cause))) {
            tell(0, "", () -> describe(records, bytes) + " are safe on the disk", cause, connected);
        }
    }

    /** Kafka takes records from the spool. */
    void drains(final long records, final long bytes) {
        began(System.nanoTime());
        if (!drainTold) {
            drainTold = true;
            told = true;
            lastTold = System.nanoTime();
            LOG.info(
                    "Kafka cluster '{}' is back after {} s; the spool is drained: {} to go.",
                    cluster,
                    seconds(),
                    describe(records, bytes));
        } else if (System.nanoTime() - lastTold >= REPEAT) {
            lastTold = System.nanoTime();
            LOG.info("The spool of Kafka cluster '{}' is still drained: {} to go.", cluster, describe(records, bytes));
        }
    }

    private static String describe(final long records, final long bytes) {
        return String.format(Locale.ROOT, "%,d records (%.1f MiB)", records, bytes / MIB);
    }

    /** The cluster takes nothing since then ({@link System#nanoTime}). */
    void began(final long nanoTime) {
        if (!away) {
            away = true;
            since = nanoTime;
        }
    }

    private void tell(
            final long patience,
            final String topics,
            final Supplier<String> waiting,
            final @Nullable Exception cause,
            final boolean connected) {
        began(System.nanoTime());
        final long now = System.nanoTime();
        final boolean news = !told || (!explained && cause != null && OutageCause.says(cause));
        if (now - since >= patience && (news || now - lastTold >= REPEAT)) {
            told = true;
            explained = cause != null && OutageCause.says(cause);
            lastTold = now;
            LOG.warn(
                    "Kafka cluster '{}' takes no records{} since {} s; {}. {}",
                    cluster,
                    topics,
                    seconds(),
                    waiting.get(),
                    explain(cause, connected));
        }
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - since).toSeconds();
    }

    /** Why a cluster takes no records, and what to look at. */
    static String explain(final @Nullable Exception cause, final boolean connected) {
        if (cause != null && cause.getCause() != null) {
            return "Cause: " + reason(cause.getCause());
        }
        if (cause != null && !(cause instanceof TimeoutException)) {
            return "Cause: " + cause;
        }
        return connected
                ? "Its brokers answer, but take nothing: has each partition a leader and enough in-sync replicas?"
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
