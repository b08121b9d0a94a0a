package io.kafkabridge.extension.delivery.spooled;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.kafka.KafkaErrors;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.MissingTopics;
import io.kafkabridge.extension.kafka.SenderSlot;
import io.kafkabridge.extension.kafka.Submission;
import io.kafkabridge.extension.kafka.TopicCreator;
import io.kafkabridge.extension.kafka.TopicLane;
import io.kafkabridge.extension.kafka.TopicSender;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolReader;
import io.kafkabridge.spool.SpooledRecord;

/**
 * Sends what is in the spool to Kafka, in order, a window of it at a time, with a producer of its own: nobody waits for these
 * records, so it is patient where the live producer isn't. When that producer fails, another one gets what the first had
 * under way, and only that. A topic that is missing holds up no other, as long as the window has room. For the delivery's
 * thread; callbacks come on Kafka's.
 *
 * <p>Longer than most classes: the window, its lanes and the reading of the spool change together.
 */
public final class SpoolDrain implements TopicSender.Lanes<DrainedRecord> {

    /** Bytes on their way. More wins nothing, and would be sent again after a crash. */
    private static final long WINDOW = 4 << 20;

    private static final long DELIVERING = Duration.ofSeconds(3).toNanos();
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** A producer that is new isn't connected yet. */
    private static final long CONNECT = Duration.ofSeconds(1).toNanos();

    /** No broker can make the bridge open producers as fast as it can. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final Spool spool;
    private final SenderSlot slot;
    private final TopicSender<DrainedRecord> topics;
    private final BiConsumer<Submission, Exception> rejections;
    private final MissingTopics missingTopics;
    private final Map<String, Origin> origins;
    private final SpoolPace pace;
    private final ClusterMetrics metrics;
    private final Runnable wake;
    private final LongSupplier clock;

    private final Map<String, TopicLane<DrainedRecord>> lanes = new HashMap<>();
    private final Set<TopicLane<DrainedRecord>> blocked = new LinkedHashSet<>();
    private final DrainProgress progress = new DrainProgress();
    private boolean recalling;
    private boolean ending;
    private long endingSince;

    private @Nullable SpoolReader reader;
    private Iterator<SpooledRecord> batch = Collections.emptyIterator();
    private long lastDelivery;

    /**
     * Makes a drain.
     *
     * @param rejections takes records off the way that Kafka will never take
     * @param origins all mappings, by their ids
     * @param wake called when there is something to do
     * @param clock {@link System#nanoTime}
     */
    public SpoolDrain(
            final Spool spool,
            final KafkaClients clients,
            final BiConsumer<Submission, Exception> rejections,
            final MissingTopics missingTopics,
            final TopicCreator creator,
            final Map<String, Origin> origins,
            final SpoolPace pace,
            final ClusterMetrics metrics,
            final Runnable wake,
            final LongSupplier clock) {
        this.spool = spool;
        this.slot = new SenderSlot(clients::openPatient, wake, clock);
        this.topics = new TopicSender<>(this, this::reject, missingTopics, creator, clock);
        this.rejections = rejections;
        this.missingTopics = missingTopics;
        this.origins = origins;
        this.pace = pace;
        this.metrics = metrics;
        this.wake = wake;
        this.clock = clock;
        lastDelivery = clock.getAsLong() - DELIVERING;
    }

    /** Sends as much as the window and Kafka allow, and forgets what Kafka has. */
    public void step() {
        try {
            replaceFailed();
            forget();
            final KafkaSender sender = recalling ? null : slot.open();
            if (sender != null) {
                unblock(sender);
                if (!ending) {
                    fill(sender);
                }
                unblock(sender);
                progress.seal();
                forget();
            }
        } catch (final IOException | RuntimeException e) {
            slot.note(e); // A disk that can't be read, say: it is tried again.
        }
    }

    /** Gives what a failed producer had under way to the next one. */
    private void replaceFailed() {
        final KafkaSender sender = slot.sender();
        final KafkaSender.Failure failure = sender == null ? null : sender.failure();
        if (failure != null) {
            switch (failure.kind()) {
                case NEIGHBOUR, RECORD -> slot.pause(MOMENT);
                case TOPIC -> {
                    missingTopics.noteMissing(failure.topic(), failure.error());
                    slot.pause(MOMENT);
                }
                case CLIENT, CLUSTER -> {
                    slot.note(failure.error());
                    lastDelivery = clock.getAsLong() - DELIVERING;
                    slot.pause(PAUSE);
                }
            }
            slot.stop();
            recalling = true;
        }
        final List<Submission> back = recalling ? slot.recall() : null;
        if (back != null) {
            recalling = false;
            back.sort(Comparator.comparingLong(SpoolDrain::offset).reversed());
            for (final Submission each : back) {
                if (each instanceof DrainedRecord record) {
                    final TopicLane<DrainedRecord> lane = lane(record);
                    lane.waiting().addFirst(record.again());
                    block(lane);
                } else {
                    each.fail(new TimeoutException("the producer was replaced"));
                }
            }
        }
    }

    private static long offset(final Submission each) {
        return each instanceof DrainedRecord record ? record.offset() : -1;
    }

    private void forget() throws IOException {
        final long done = progress.advance();
        if (done >= 0) {
            slot.clearCause();
            lastDelivery = clock.getAsLong();
            spool.consumed(done);
        }
    }

    /** Sends what waits for topics. */
    private void unblock(final KafkaSender sender) {
        for (final TopicLane<DrainedRecord> lane : List.copyOf(blocked)) {
            final Exception refusal = topics.send(lane, sender);
            if (refusal != null) {
                slot.note(refusal);
                if (KafkaErrors.breaksProducer(refusal)) {
                    sender.fail(refusal);
                    return;
                }
            }
        }
    }

    private void fill(final KafkaSender sender) throws IOException {
        while (progress.inFlight() < WINDOW && sender.failure() == null) {
            final SpooledRecord spooled = next();
            if (spooled == null) {
                return;
            }
            final int size = Submission.sizeOf(spooled.record());
            final DrainProgress.Group group = progress.growing();
            final Origin origin = origins.getOrDefault(spooled.origin(), Origin.GONE);
            group.recordStarted(size);
            send(new DrainedRecord(spooled.record(), spooled.offset(), size, this, group, origin), sender);
            progress.sent(spooled.offset(), size);
            pace.drained(spooled.offset() + 1);
        }
    }

    private void send(final DrainedRecord record, final KafkaSender sender) {
        final Exception expired = Expiry.of(record.record(), System.currentTimeMillis());
        if (expired != null) {
            reject(record, expired);
            return;
        }
        final TopicLane<DrainedRecord> lane = lane(record);
        @Nullable Exception refusal = null;
        if (lane.isOpenFor(sender)) {
            refusal = lane.send(record, clock.getAsLong());
            if (refusal == null) {
                return;
            }
        }
        if (refusal != null && !KafkaErrors.isNotYet(refusal)) {
            reject(record, refusal);
        } else {
            lane.waiting().addLast(record);
            block(lane);
        }
    }

    private @Nullable SpooledRecord next() throws IOException {
        if (!batch.hasNext()) {
            SpoolReader from = reader;
            if (from == null) {
                from = spool.reader();
                reader = from;
            }
            batch = from.next().iterator();
        }
        return batch.hasNext() ? batch.next() : null;
    }

    private TopicLane<DrainedRecord> lane(final DrainedRecord record) {
        final TopicLane<DrainedRecord> lane =
                lanes.computeIfAbsent(record.record().topic(), TopicLane::new);
        lane.setCreation(record.origin().topicCreation());
        return lane;
    }

    private void block(final TopicLane<DrainedRecord> lane) {
        lane.setOpenFor(null);
        blocked.add(lane);
    }

    @Override
    public @Nullable DrainedRecord next(final TopicLane<DrainedRecord> lane, final KafkaSender sender) {
        final DrainedRecord next = lane.waiting().pollFirst();
        if (next == null) {
            lane.setOpenFor(sender);
            blocked.remove(lane);
        }
        return next;
    }

    @Override
    public void putBack(final TopicLane<DrainedRecord> lane, final DrainedRecord record) {
        lane.waiting().addFirst(record);
    }

    @Override
    public List<DrainedRecord> takeAll(final TopicLane<DrainedRecord> lane) {
        final List<DrainedRecord> all = List.copyOf(lane.waiting());
        lane.waiting().clear();
        blocked.remove(lane);
        return all;
    }

    /** Kafka will never take a record. Any thread. */
    void reject(final DrainedRecord record, final Exception reason) {
        rejections.accept(record, reason);
        wake.run();
    }

    /** Kafka has a record, which was handed to the producer then. Any thread. */
    void delivered(final long submittedNanos) {
        metrics.kafkaLatency().record(clock.getAsLong() - submittedNanos);
    }

    /** A record is done with: Kafka has it, or it was rejected. Any thread. */
    void done() {
        if (progress.inFlight() < WINDOW / 2) {
            wake.run();
        }
    }

    /** Whether all records of the spool are on their way, or are there. */
    public boolean isAtEnd() {
        final SpoolReader from = reader;
        return blocked.isEmpty() && !batch.hasNext() && (from == null ? spool.start() : from.position()) == spool.end();
    }

    /** Whether Kafka has all records of the spool. */
    public boolean isDone() {
        return isAtEnd() && progress.isEmpty();
    }

    /** Why Kafka takes nothing, as well as it is known. */
    public @Nullable Exception cause() {
        return slot.cause();
    }

    /** Whether Kafka takes records from the spool, as far as is known. */
    public boolean isDelivering() {
        return clock.getAsLong() - lastDelivery < DELIVERING;
    }

    /** Makes {@link #isDelivering} false until Kafka takes the next record. */
    public void restart() {
        lastDelivery = clock.getAsLong() - DELIVERING;
    }

    /** The producer in use; null when there is none. */
    public @Nullable KafkaSender sender() {
        return slot.sender();
    }

    /**
     * A turn at the end: sends no more than what is under way, so that whoever opens the spool next needn't repeat it.
     *
     * @return whether nothing is under way, or no broker is there to take it
     */
    public boolean finish() {
        if (!ending) {
            ending = true;
            endingSince = clock.getAsLong();
        }
        step();
        final KafkaSender sender = slot.sender();
        final boolean isConnected = sender != null && sender.isConnected();
        return progress.isEmpty() || (!isConnected && clock.getAsLong() - endingSince >= CONNECT);
    }

    /** Lets the producer go, once all is done; what else was under way, copies of rejected records, goes with the next one. */
    public void pause() {
        slot.drop().forEach(each -> each.fail(new TimeoutException("the producer was replaced")));
        recalling = false;
        lanes.clear();
    }

    /** Ends; what isn't done stays in the spool. */
    void close() throws IOException {
        slot.close();
        forget();
        final SpoolReader old = reader;
        reader = null;
        if (old != null) {
            old.close();
        }
    }
}
