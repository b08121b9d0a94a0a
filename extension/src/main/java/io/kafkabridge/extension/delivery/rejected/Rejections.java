package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.LimitedLog;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.kafka.Submission;
import io.kafkabridge.extension.model.KafkaCluster;

/**
 * Takes the records that Kafka will never take, or that no mapping could make fit for it, off the way of the others: keeps
 * them on the disk, and then their publish is acknowledged. Any thread adds; the delivery's thread keeps.
 */
public final class Rejections {

    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
    private static final int BATCH = 100;

    private record Pending(Submission record, Exception reason) {}

    private final String cluster;
    private final Store store;
    private final DeadLetters deadLetters;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final LimitedLog<Pending> kept = new LimitedLog<>(this::tellKept);
    private final LimitedLog<Throwable> failures = new LimitedLog<>(this::tellFailure);

    /** Where rejected records are kept; a seam for tests. For one thread. */
    public interface Store {

        /** Keeps records; when it returns, they are safe on the disk. */
        void keep(List<RejectedRecord> records) throws IOException;

        /** Where an operator finds them. */
        Path path();
    }

    /**
     * Those of a cluster.
     *
     * @param deadLetters sends copies of them
     */
    public Rejections(final String cluster, final Store store, final DeadLetters deadLetters) {
        this.cluster = cluster;
        this.store = store;
        this.deadLetters = deadLetters;
    }

    /**
     * The folder of a cluster.
     *
     * @param data the bridge's folder in HiveMQ's data folder
     */
    public static Store folder(final KafkaCluster cluster, final Path data) {
        return new RejectedFolder(data, cluster.id(), cluster.maxRejected());
    }

    /** Takes a record off the way. Any thread. */
    public void add(final Submission record, final Exception reason) {
        pending.add(new Pending(record, reason));
    }

    /** Takes all that another one hasn't kept. Any thread. */
    public void takeOver(final Rejections other) {
        Pending next = other.pending.poll();
        while (next != null) {
            pending.add(next);
            next = other.pending.poll();
        }
    }

    /** Fails all that was not kept: nobody keeps it any more. */
    public void failAll() {
        Pending next = pending.poll();
        while (next != null) {
            next.record().fail(next.reason());
            next = pending.poll();
        }
    }

    public boolean isEmpty() {
        return pending.isEmpty();
    }

    int size() {
        return pending.size();
    }

    /** Keeps what was added. What can't be kept fails, unless it must be delivered: then it is tried again next time. */
    public void keep() {
        kept.tick();
        for (int left = pending.size(); left > 0; left -= BATCH) {
            final List<Pending> batch = new ArrayList<>();
            while (batch.size() < Math.min(BATCH, left)) {
                final Pending next = pending.poll();
                if (next == null) {
                    break;
                }
                batch.add(next);
            }
            if (!batch.isEmpty()) {
                keep(batch);
            }
        }
    }

    private void keep(final List<Pending> batch) {
        final List<RejectedRecord> rejected = new ArrayList<>();
        try {
            final Instant now = Instant.now();
            batch.forEach(each -> rejected.add(
                    new RejectedRecord(now, reason(each.reason()), each.record().record())));
            store.keep(rejected);
        } catch (final IOException | RuntimeException | Error e) {
            for (final Pending each : batch) {
                if (each.record().isKept()) {
                    pending.add(each);
                } else {
                    each.record().fail(each.reason());
                }
            }
            failures.add(e);
            return;
        }
        // They are safe from here on, whatever happens: nobody fails them any more.
        batch.forEach(each -> each.record().rejected(each.reason()));
        rejected.forEach(deadLetters::add);
        kept.add(batch.size(), batch.get(batch.size() - 1));
    }

    /** Kafka's errors are known by their names; the bridge's own say it all. */
    private static String reason(final Exception reason) {
        final String text = String.valueOf(reason.getMessage());
        return reason instanceof KafkaException ? reason.getClass().getSimpleName() + ": " + text : text;
    }

    private void tellKept(final long count, final Pending last) {
        LOG.warn(
                "Records for Kafka cluster '{}' were rejected for good: {} since the last line like this, kept in {}. The"
                        + " last one: topic {}, {}. Look at them, and send them again: java -jar <the extension's jar>"
                        + " rejected list",
                cluster,
                Wording.number(count),
                store.path(),
                last.record().record().topic(),
                reason(last.reason()));
    }

    private void tellFailure(final long count, final Throwable failure) {
        LOG.error(
                "Records that Kafka cluster '{}' won't take can't be kept in {}: {}. Their clients are disconnected"
                        + " without an acknowledgement. Move files out of that folder or raise <max-rejected>, and check"
                        + " the disk.",
                cluster,
                store.path(),
                failure.toString());
    }

    /** Tells of those that were kept since the last line: at a stop. */
    public void tellTheRest() {
        kept.flush();
    }
}
