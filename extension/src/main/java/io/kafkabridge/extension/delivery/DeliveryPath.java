package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.model.KafkaCluster;

/**
 * Which way the records of a cluster take: straight to Kafka, or through the spool. Keeps their order whenever that changes:
 * what is under way, then what is in the spool, then what is new.
 *
 * <pre>
 *   opening --> live --(a record is late)--> spooling --(the spool is drained)--> handover --> live
 * </pre>
 *
 * <p>While it is spooling, new records go to the end of the spool and the drain takes them from its beginning. In the
 * handover, new ones are held in memory until Kafka has the last one of the spool; when that takes too long, they go to the
 * spool after all. For the delivery's thread, where nothing else is said.
 */
final class DeliveryPath {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryPath.class);
    private static final long HANDOVER_LIMIT = Duration.ofSeconds(1).toNanos();
    private static final Duration TICK = Duration.ofMillis(20);

    private enum Phase {
        OPENING,
        LIVE,
        SPOOLING,
        HANDOVER
    }

    private final KafkaCluster cluster;
    private final Lanes lanes;
    private final LiveProducer live;
    private final SpoolRoom room;
    private final OutageLog log;
    private final StateWatch state;
    private Phase phase = Phase.OPENING;
    private long handoverStart;
    private @Nullable Exception cause;

    DeliveryPath(
            final KafkaCluster cluster,
            final Lanes lanes,
            final LiveProducer live,
            final SpoolRoom room,
            final StateWatch state) {
        this.cluster = cluster;
        this.lanes = lanes;
        this.live = live;
        this.room = room;
        this.log = new OutageLog(cluster.id());
        this.state = state;
        lanes.hold();
    }

    /** Does what there is to do; returns whether nothing is left but to wait for records. */
    boolean step() {
        switch (phase) {
            case OPENING -> open();
            case LIVE -> {
                final Exception failed = live.step();
                if (failed != null) {
                    divert(failed);
                }
            }
            case SPOOLING -> {
                room.drain().step();
                if (mayHandOver()) {
                    lanes.hold();
                    handoverStart = System.nanoTime();
                    phase = Phase.HANDOVER;
                }
            }
            case HANDOVER -> handOver();
        }
        observe();
        return phase == Phase.LIVE && live.isIdle();
    }

    private void open() {
        if (!room.open()) {
            return;
        }
        if (room.records() == 0) {
            live.goLive();
            phase = Phase.LIVE;
        } else {
            LOG.info(
                    "The spool of Kafka cluster '{}' has {} ({}) of an earlier run; they go first.",
                    cluster.id(),
                    Wording.count(room.records(), "record"),
                    Wording.bytes(room.bytes()));
            lanes.spool(List.of());
            phase = Phase.SPOOLING;
        }
    }

    private void divert(final Exception failed) {
        LOG.debug("The records of Kafka cluster '{}' go to the spool", cluster.id(), failed);
        final List<PendingRecord> underWay = live.abort();
        cause = failed;
        log.began(underWay.isEmpty() ? System.nanoTime() : underWay.get(0).arrivalNanos());
        room.drain().restart();
        lanes.spool(underWay);
        phase = Phase.SPOOLING;
    }

    /** Kafka takes records, it has been sent all of the spool, and the live producer knows its way. */
    private boolean mayHandOver() {
        final SpoolDrain drain = room.drain();
        final boolean nothingCame = room.records() == 0 && lanes.waiting() == 0 && lanes.isWriterIdle();
        return drain.isAtEnd() && (drain.isDelivering() || nothingCame) && live.isReady();
    }

    private void handOver() {
        final SpoolDrain drain = room.drain();
        drain.step();
        if (lanes.isWriterIdle() && drain.isDone()) {
            drain.pause();
            live.goLive();
            cause = null;
            phase = Phase.LIVE;
            live.step();
        } else if (System.nanoTime() - handoverStart >= HANDOVER_LIMIT) {
            drain.restart();
            lanes.spool(List.of());
            phase = Phase.SPOOLING;
        }
    }

    private void observe() {
        switch (phase) {
            case OPENING, HANDOVER -> {}
            case LIVE -> {
                final String closed = OutageLog.topics(
                        lanes.closed().stream().map(TopicLane::topic).toList());
                if (closed.isEmpty()) {
                    log.isLive(room.start());
                    state.isFine(DeliveryState.LIVE);
                } else {
                    final Exception known = live.cause();
                    final boolean connected = live.isConnected();
                    log.waits(closed, lanes.waiting(), known, connected);
                    state.isNotFine(DeliveryState.WAITING, () -> OutageLog.explain(known, connected));
                }
            }
            case SPOOLING -> {
                final SpoolDrain drain = room.drain();
                if (drain.isDelivering()) {
                    log.drains(room.records(), room.bytes(), room.start());
                    state.isFine(DeliveryState.CATCHING_UP);
                } else {
                    final Exception known = drain.cause() != null ? drain.cause() : cause;
                    final boolean connected = Producers.isConnected(drain.producer());
                    log.spools(room.records(), room.bytes(), room::freeBytes, known, connected);
                    state.isNotFine(DeliveryState.AWAY, () -> OutageLog.explain(known, connected));
                }
            }
        }
    }

    /** The producer that is in use; null when there is none. */
    @Nullable
    Producer<byte[], byte[]> producer() {
        return switch (phase) {
            case OPENING -> null;
            case LIVE -> live.producer();
            case SPOOLING, HANDOVER -> room.drain().producer();
        };
    }

    /** Sends what is under way, within the cluster's shutdown timeout; what is left goes to the spool. */
    void finish() throws InterruptedException {
        final long deadline = System.nanoTime() + cluster.shutdownTimeout().toNanos();
        if (phase == Phase.LIVE) {
            while (lanes.waiting() > 0 && live.step() == null && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(this, TICK.toNanos());
            }
            live.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        lanes.spool(live.abort());
        room.close();
    }
}
