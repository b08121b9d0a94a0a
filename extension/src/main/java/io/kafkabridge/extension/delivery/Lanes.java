package io.kafkabridge.extension.delivery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.spooled.SpoolWriter;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.TopicLane;
import io.kafkabridge.extension.kafka.TopicSender;
import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;

/**
 * Where records queue that can't go straight into the producer, and who takes them from there:
 *
 * <ul>
 *   <li>live: they wait in the lane of their Kafka topic, for the delivery's thread;
 *   <li>spooling: they wait together, in the order they came, for the spool's writer;
 *   <li>held: they wait together, for nobody, while one of the two hands over to the other.
 * </ul>
 *
 * <p>Thread-safe. The lock is held for a few instructions, and not at all by a record whose lane is open. What is done under it
 * depends on what waits, not on how many topics there were ever.
 */
final class Lanes implements TopicSender.Lanes<PendingRecord>, SpoolWriter.Source<PendingRecord> {

    /** The lane of records that never go to Kafka. */
    static final TopicLane<PendingRecord> NONE = new TopicLane<>("");

    private static final long RETRY_MILLIS = 200;

    private enum Mode {
        LIVE,
        HELD,
        SPOOLING
    }

    /** What became of a record that was to be queued. */
    enum Queued {
        /** It waits in its lane: the delivery's thread has to send it. */
        IN_LANE,
        /** It waits for the spool's writer, or until one hands over to the other. */
        TOGETHER,
        /** Nothing is taken any more. */
        STOPPED
    }

    private final Map<String, TopicLane<PendingRecord>> byTopic = new ConcurrentHashMap<>();
    private volatile Set<String> expected = Set.of();

    /** The lanes that records wait in, and those of expected topics that aren't open. */
    private final Set<TopicLane<PendingRecord>> closed = new LinkedHashSet<>();

    private int inLanes;
    private Mode mode = Mode.LIVE;
    private List<PendingRecord> arrivals = new ArrayList<>();
    private boolean writerWaits;
    private boolean writerBusy;
    private boolean stopped;

    /** Names the topics that records are expected for: their lanes open before the first one comes. */
    void expect(final Map<String, Optional<TopicCreation>> topics) {
        topics.forEach((topic, creation) -> of(topic).setCreation(creation));
        expected = Set.copyOf(topics.keySet());
        synchronized (this) {
            closed.removeIf(lane -> lane.waiting().isEmpty());
            closeExpected();
        }
    }

    /** Also those that are open: the delivery's thread opens them again with its next look. */
    private void closeExpected() {
        expected.forEach(topic -> closed.add(of(topic)));
    }

    /** The topics that records are expected for, whether any came or not. */
    Set<String> expected() {
        return expected;
    }

    /** The lane of a topic; made with the topic's first record. Never removed, since somebody may be about to queue in it. */
    TopicLane<PendingRecord> of(final String topic) {
        final TopicLane<PendingRecord> lane = byTopic.get(topic);
        return lane != null ? lane : byTopic.computeIfAbsent(topic, TopicLane::new);
    }

    /** The closed lanes that are needed: records wait in them, or are expected. */
    synchronized List<TopicLane<PendingRecord>> closed() {
        return List.copyOf(closed);
    }

    /** Whether no lane that is needed is closed. */
    synchronized boolean areOpen() {
        return closed.isEmpty();
    }

    /** Queues a record; its lane is closed from now on. */
    synchronized Queued queue(final PendingRecord record) {
        if (stopped) {
            return Queued.STOPPED;
        }
        if (mode == Mode.LIVE) {
            record.lane().setOpenFor(null);
            enqueue(record, false);
            return Queued.IN_LANE;
        }
        arrivals.add(record);
        if (writerWaits && mode == Mode.SPOOLING) {
            writerWaits = false;
            notifyAll();
        }
        return Queued.TOGETHER;
    }

    private void enqueue(final PendingRecord record, final boolean inFront) {
        final TopicLane<PendingRecord> lane = record.lane();
        lane.setCreation(record.origin().topicCreation());
        if (inFront) {
            lane.waiting().addFirst(record);
        } else {
            lane.waiting().addLast(record);
        }
        closed.add(lane);
        inLanes++;
    }

    @Override
    public synchronized @Nullable PendingRecord next(final TopicLane<PendingRecord> lane, final KafkaSender sender) {
        final PendingRecord next = lane.waiting().pollFirst();
        if (next == null) {
            lane.setOpenFor(sender);
            closed.remove(lane);
        } else {
            inLanes--;
        }
        return next;
    }

    @Override
    public synchronized void putBack(final TopicLane<PendingRecord> lane, final PendingRecord record) {
        lane.waiting().addFirst(record);
        inLanes++;
    }

    @Override
    public synchronized List<PendingRecord> takeAll(final TopicLane<PendingRecord> lane) {
        final List<PendingRecord> all = List.copyOf(lane.waiting());
        lane.waiting().clear();
        inLanes -= all.size();
        if (!expected.contains(lane.topic())) {
            closed.remove(lane);
        }
        return all;
    }

    /** The record that has waited longest in a lane. */
    synchronized @Nullable PendingRecord oldest(final TopicLane<PendingRecord> lane) {
        return lane.waiting().peekFirst();
    }

    /** How many records wait. */
    synchronized int waiting() {
        return arrivals.size() + inLanes;
    }

    /** Holds what comes from now on; takes what waited in the lanes. Whoever has open lanes has stopped sending before. */
    synchronized List<PendingRecord> hold() {
        mode = Mode.HELD;
        final List<PendingRecord> waited = new ArrayList<>(inLanes);
        for (final TopicLane<PendingRecord> lane : closed) {
            waited.addAll(lane.waiting());
            lane.waiting().clear();
        }
        closed.clear();
        inLanes = 0;
        return waited;
    }

    /** Takes what is held. */
    synchronized List<PendingRecord> takeHeld() {
        final List<PendingRecord> held = arrivals;
        arrivals = new ArrayList<>();
        return held;
    }

    @Override
    public synchronized void putInFront(final List<PendingRecord> records) {
        arrivals.addAll(0, records);
    }

    /** Records that came back wait in their lanes again, in front of those that came since. Live. */
    synchronized void putBack(final List<PendingRecord> records) {
        for (int i = records.size() - 1; i >= 0; i--) {
            enqueue(records.get(i), true);
        }
        closeExpected();
    }

    /** Lets the spool's writer take what was held, and what comes from now on; the given records go in front. */
    synchronized void spool(final List<PendingRecord> first) {
        mode = Mode.SPOOLING;
        arrivals.addAll(0, first);
        notifyAll();
    }

    /** Whether the spool's writer has written all that it took. */
    synchronized boolean isWriterIdle() {
        return !writerBusy;
    }

    /** Lets what was held wait in the lanes, in its order, and what comes from now on. */
    synchronized void goLive() {
        mode = Mode.LIVE;
        closeExpected();
        arrivals.forEach(record -> enqueue(record, false));
        arrivals = new ArrayList<>();
    }

    @Override
    public synchronized void await(final boolean retry) throws InterruptedException {
        while (!hasWork() && !stopped) {
            writerWaits = true;
            wait(retry ? RETRY_MILLIS : 0);
            if (retry) {
                break;
            }
        }
        writerWaits = false;
    }

    @Override
    public synchronized boolean isOver() {
        return stopped && !hasWork();
    }

    private boolean hasWork() {
        return mode == Mode.SPOOLING && !arrivals.isEmpty();
    }

    @Override
    public synchronized List<PendingRecord> take() {
        if (!hasWork()) {
            return List.of();
        }
        writerBusy = true;
        final List<PendingRecord> taken = arrivals;
        arrivals = new ArrayList<>(taken.size());
        return taken;
    }

    @Override
    public synchronized void written(final boolean all) {
        writerBusy = !all;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
