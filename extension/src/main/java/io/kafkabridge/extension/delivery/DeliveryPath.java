package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.delivery.spooled.SpoolDrain;
import io.kafkabridge.extension.delivery.spooled.SpoolRoom;
import io.kafkabridge.extension.kafka.KafkaErrors.Kind;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.TopicLane;
import io.kafkabridge.extension.model.KafkaCluster;

/**
 * Which way the records of a cluster take: straight to Kafka, or through the spool. One state machine, which keeps their order
 * whenever that changes: what is under way, then what is in the spool, then what is new.
 *
 * <pre>
 *   OPENING --> LIVE <--> RECALLING          a producer was stopped; what it had comes back, and goes again or is spooled
 *      |         ^            |
 *      |      HANDOVER <--> SPOOLING         the spool is drained; until it is empty, new records go behind it
 *      +---------------------^
 *   any --> STOPPING --> CLOSING --> STOPPED
 * </pre>
 *
 * <p>While it is spooling, new records go to the end of the spool and the drain takes them from its beginning. In the
 * handover, new ones are held in memory until Kafka has the last one of the spool; when that takes too long, they go to the
 * spool after all. For the delivery's thread. Nothing here waits: each {@link #step} does what can be done now.
 *
 * <p>Longer than most classes: a state machine is understood when all of it is in one place.
 */
final class DeliveryPath {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryPath.class);
    private static final long HANDOVER_LIMIT = Duration.ofSeconds(1).toNanos();

    /** A producer that comes back so soon after the last one isn't replaced any more: the spool is patient. */
    private static final long REPLAY_PAUSE = Duration.ofSeconds(1).toNanos();

    /** Where the way is. */
    enum State {
        OPENING,
        LIVE,
        RECALLING,
        SPOOLING,
        HANDOVER,
        STOPPING,
        CLOSING,
        STOPPED;

        private Set<State> next() {
            return switch (this) {
                case OPENING -> EnumSet.of(LIVE, SPOOLING, STOPPING);
                case LIVE -> EnumSet.of(RECALLING, STOPPING);
                case RECALLING -> EnumSet.of(LIVE, SPOOLING, STOPPING);
                case SPOOLING -> EnumSet.of(HANDOVER, STOPPING);
                case HANDOVER -> EnumSet.of(LIVE, SPOOLING, STOPPING);
                case STOPPING -> EnumSet.of(CLOSING);
                case CLOSING -> EnumSet.of(STOPPED);
                case STOPPED -> EnumSet.noneOf(State.class);
            };
        }
    }

    private final KafkaCluster cluster;
    private final Lanes lanes;
    private final LiveWay live;
    private final SpoolRoom<PendingRecord> room;
    private final OutageLog log;
    private final StateWatch watch;
    private final LongSupplier clock;

    private State state = State.OPENING;
    private long since;

    /** While recalling: why, and whether the records go again instead of into the spool. */
    private KafkaSender.@Nullable Failure failure;

    private boolean goesAgain;

    /** While stopping: a turn of what Kafka still gets; true when that is done, or can't be. */
    private BooleanSupplier finisher = () -> true;

    private boolean isFinished;

    private long lastReplay;
    private @Nullable Exception cause;

    DeliveryPath(
            final KafkaCluster cluster,
            final Lanes lanes,
            final LiveWay live,
            final SpoolRoom<PendingRecord> room,
            final StateWatch watch,
            final LongSupplier clock) {
        this.cluster = cluster;
        this.lanes = lanes;
        this.live = live;
        this.room = room;
        this.log = new OutageLog(cluster.id(), clock);
        this.watch = watch;
        this.clock = clock;
        since = clock.getAsLong();
        lastReplay = since - REPLAY_PAUSE;
        lanes.hold();
    }

    /** Where the way is now. */
    State state() {
        return state;
    }

    /** The only place that changes the state: checks that the step is legal, and switches where new records go. */
    void become(final State next, final List<PendingRecord> first) {
        if (!state.next().contains(next)) {
            throw new IllegalStateException("From " + state + " to " + next);
        }
        LOG.debug("The delivery to Kafka cluster '{}' goes from {} to {}", cluster.id(), state, next);
        state = next;
        since = clock.getAsLong();
        switch (next) {
            case LIVE -> {
                live.goLive();
                lanes.putBack(first);
                cause = null;
            }
            case SPOOLING, CLOSING -> lanes.spool(first);
            case HANDOVER -> lanes.hold();
            case OPENING, RECALLING, STOPPING, STOPPED -> {}
        }
    }

    /** Does what there is to do; returns whether nothing is left but to wait for records. */
    boolean step() {
        switch (state) {
            case OPENING -> open();
            case LIVE -> {
                final KafkaSender.Failure failed = live.step();
                if (failed != null) {
                    recall(failed);
                }
            }
            case RECALLING -> takeBack();
            case SPOOLING -> {
                room.drain().step();
                if (mayHandOver()) {
                    become(State.HANDOVER, List.of());
                }
            }
            case HANDOVER -> handOver();
            case STOPPING -> finish();
            case CLOSING -> close();
            case STOPPED -> {}
        }
        observe();
        return state == State.LIVE && live.isIdle();
    }

    private void open() {
        final @Nullable IOException refusal = room.open();
        if (refusal != null) {
            refuseHeld(refusal);
        } else if (room.isOpen() && room.records() == 0) {
            become(State.LIVE, List.of());
        } else if (room.isOpen()) {
            LOG.info(
                    "The spool of Kafka cluster '{}' has {} ({}) of an earlier run; they go first.",
                    cluster.id(),
                    Wording.count(room.records(), "record"),
                    Wording.bytes(room.bytes()));
            become(State.SPOOLING, List.of());
        }
    }

    /** Until the spool can be read, records behind it can't be kept either. */
    private void refuseHeld(final IOException refusal) {
        final List<PendingRecord> kept = new ArrayList<>();
        for (final PendingRecord record : lanes.takeHeld()) {
            if (record.isKept()) {
                kept.add(record);
            } else {
                record.fail(refusal);
            }
        }
        lanes.putInFront(kept);
    }

    /** The producer is given up. What it had goes again when that may help, and is no outage; else into the spool. */
    private void recall(final KafkaSender.Failure failed) {
        final long now = clock.getAsLong();
        failure = failed;
        goesAgain = failed.kind() == Kind.NEIGHBOUR
                || failed.kind() == Kind.TOPIC
                || (failed.kind() == Kind.CLIENT && now - lastReplay >= REPLAY_PAUSE);
        lastReplay = now;
        if (failed.kind() == Kind.TOPIC) {
            live.noteMissing(failed);
        }
        live.stop();
        become(State.RECALLING, List.of());
        takeBack();
    }

    private void takeBack() {
        final List<PendingRecord> back = live.recall();
        if (back == null) {
            return;
        }
        if (goesAgain) {
            become(State.LIVE, back);
            live.step();
            return;
        }
        final List<PendingRecord> all = live.hold(back);
        cause = failure == null ? null : failure.error();
        log.began(all.isEmpty() ? clock.getAsLong() : all.get(0).arrivalNanos());
        room.drain().restart();
        become(State.SPOOLING, all);
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
            live.noteReached();
            become(State.LIVE, List.of());
            live.step();
        } else if (clock.getAsLong() - since >= HANDOVER_LIMIT) {
            drain.restart();
            become(State.SPOOLING, List.of());
        }
    }

    /** Begins to stop: what is under way is still sent, within the cluster's shutdown timeout; the rest goes to the spool. */
    void stop() {
        switch (state) {
            case STOPPING, CLOSING, STOPPED -> {}
            case LIVE -> stop(live::finish);
            case SPOOLING, HANDOVER -> stop(room.drain()::finish);
            case OPENING, RECALLING -> stop(() -> true);
        }
    }

    private void stop(final BooleanSupplier lastWork) {
        finisher = lastWork;
        become(State.STOPPING, List.of());
    }

    private void finish() {
        final boolean over =
                clock.getAsLong() - since >= cluster.shutdownTimeout().toNanos();
        isFinished = isFinished || finisher.getAsBoolean() || over;
        if (!isFinished) {
            return;
        }
        live.stop();
        final List<PendingRecord> back = live.recall();
        if (back != null) {
            become(State.CLOSING, live.hold(back));
            lanes.stop();
            live.close();
        }
    }

    private void close() {
        if (room.isWritten()) {
            room.close();
            become(State.STOPPED, List.of());
        }
    }

    /** Whether all is done. */
    boolean hasStopped() {
        return state == State.STOPPED;
    }

    /** What the log and the status say is decided here, by the state and what is known of the cluster. */
    private void observe() {
        switch (state) {
            case OPENING, RECALLING, HANDOVER, STOPPING, CLOSING, STOPPED -> {}
            case LIVE -> observeLive();
            case SPOOLING -> observeSpooling();
        }
    }

    private void observeLive() {
        final List<TopicLane<PendingRecord>> closed = lanes.closed();
        final Exception known = live.cause();
        final boolean connected = live.isConnected();
        if (!closed.isEmpty()) {
            final String topics =
                    OutageLog.topics(closed.stream().map(TopicLane::topic).toList());
            log.waits(topics, lanes.waiting(), known, connected);
            watch.isNotFine(DeliveryState.WAITING, () -> OutageLog.explain(known, connected));
        } else if (live.isReached()) {
            log.isLive(room.start());
            watch.isFine(DeliveryState.LIVE);
        } else {
            // No topic is expected, and no broker has ever answered.
            watch.isNotFine(DeliveryState.AWAY, () -> OutageLog.explain(known, connected));
        }
    }

    private void observeSpooling() {
        final SpoolDrain drain = room.drain();
        if (drain.isDelivering()) {
            log.drains(room.records(), room.bytes(), room.start());
            watch.isFine(DeliveryState.CATCHING_UP);
        } else {
            final Exception known = drain.cause() != null ? drain.cause() : cause;
            final KafkaSender sender = drain.sender();
            final boolean connected = sender != null && sender.isConnected();
            log.spools(room.records(), room.bytes(), room::freeBytes, known, connected);
            watch.isNotFine(DeliveryState.AWAY, () -> OutageLog.explain(known, connected));
        }
    }

    /** The producer that is in use; null when there is none. */
    @Nullable
    KafkaSender sender() {
        return switch (state) {
            case LIVE, STOPPING -> live.sender();
            case SPOOLING, HANDOVER -> room.drain().sender();
            case OPENING, RECALLING, CLOSING, STOPPED -> null;
        };
    }
}
