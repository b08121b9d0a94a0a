package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.kafka.KafkaErrors;

/**
 * Tells an operator when a cluster or some of its topics take no records, once a minute at most, and when they do again. A
 * cause that becomes known later is told at once. For the delivery's thread.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();
    private static final long REPEAT = Duration.ofMinutes(1).toNanos();

    /** How many topics a line names. */
    private static final int NAMED = 5;

    private final String cluster;
    private final LongSupplier clock;
    private long since;
    private long lastTold;
    private boolean reached;
    private boolean away;
    private boolean told;
    private boolean explained;
    private boolean drainTold;
    private long drainSince;
    private long drainStart;
    private long lastStart;

    /**
     * Makes a log.
     *
     * @param clock {@link System#nanoTime}
     */
    OutageLog(final String cluster, final LongSupplier clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Everything is in Kafka, or on its way there without a stop.
     *
     * @param spoolStart how many records have ever left the spool
     */
    void isLive(final long spoolStart) {
        if (drainTold) {
            LOG.info(
                    "Kafka cluster '{}' takes records again, after {}: it got {} out of the spool in {}.",
                    cluster,
                    lasting(),
                    Wording.count(spoolStart - drainStart, "record"),
                    time(drainSince));
        } else if (told) {
            LOG.info("Kafka cluster '{}' takes records again, after {}.", cluster, lasting());
        } else if (!reached) {
            LOG.info("Kafka cluster '{}' takes records.", cluster);
        }
        reached = true;
        away = false;
        told = false;
        explained = false;
        drainTold = false;
    }

    /** Some of these topics, and how many there are more: templates may make thousands. Empty when there is none. */
    static String topics(final List<String> topics) {
        final String named = topics.stream().limit(NAMED).collect(Collectors.joining(", "));
        return topics.size() <= NAMED ? named : named + " and " + Wording.number(topics.size() - NAMED) + " more";
    }

    /** Some topics' records wait in memory. */
    void waits(final String topics, final int records, final @Nullable Exception cause, final boolean connected) {
        tell(PATIENCE, " for " + topics, () -> Wording.count(records, "record") + " wait in memory", cause, connected);
    }

    /**
     * All records go to the spool. Told once it has any, or once the cause is known.
     *
     * @param free bytes that the spool may still grow by; asked for only if it is told
     */
    void spools(
            final long records,
            final long bytes,
            final LongSupplier free,
            final @Nullable Exception cause,
            final boolean connected) {
        if (drainTold) {
            drainTold = false;
            told = false; // Away once more.
            explained = false;
        }
        if (records > 0 || (cause != null && KafkaErrors.explains(cause))) {
            tell(
                    0,
                    "",
                    () -> describe(records, bytes) + " are safe on the disk, with room for "
                            + Wording.bytes(free.getAsLong()) + " more",
                    cause,
                    connected);
        }
    }

    /**
     * Kafka takes records from the spool.
     *
     * @param records how many are in it
     * @param bytes how large it is
     * @param spoolStart how many have ever left it
     */
    void drains(final long records, final long bytes, final long spoolStart) {
        began(clock.getAsLong());
        if (!drainTold) {
            drainTold = true;
            told = true;
            lastTold = clock.getAsLong();
            drainSince = lastTold;
            drainStart = spoolStart;
            lastStart = spoolStart;
            LOG.info(
                    "Kafka cluster '{}' is back after {}; the spool is drained: {} to go.",
                    cluster,
                    lasting(),
                    describe(records, bytes));
        } else if (clock.getAsLong() - lastTold >= REPEAT) {
            final long seconds = Duration.ofNanos(clock.getAsLong() - lastTold).toSeconds();
            LOG.info(
                    "The spool of Kafka cluster '{}' is still drained, for {} now: {} to go, {} leave it a second.",
                    cluster,
                    time(drainSince),
                    describe(records, bytes),
                    Wording.number((spoolStart - lastStart) / seconds));
            lastTold = clock.getAsLong();
            lastStart = spoolStart;
        }
    }

    private static String describe(final long records, final long bytes) {
        return Wording.count(records, "record") + " (" + Wording.bytes(bytes) + ")";
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
        began(clock.getAsLong());
        final long now = clock.getAsLong();
        final boolean news = !told || (!explained && cause != null && KafkaErrors.explains(cause));
        if (now - since >= patience && (news || now - lastTold >= REPEAT)) {
            told = true;
            explained = cause != null && KafkaErrors.explains(cause);
            lastTold = now;
            LOG.warn(
                    "Kafka cluster '{}' takes no records{}, for {} now; {}. {}",
                    cluster,
                    topics,
                    lasting(),
                    waiting.get(),
                    explain(cause, connected));
        }
    }

    private String lasting() {
        return time(since);
    }

    private String time(final long sinceNanos) {
        return Wording.time(Duration.ofNanos(clock.getAsLong() - sinceNanos));
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
