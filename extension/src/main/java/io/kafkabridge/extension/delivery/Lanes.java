package io.kafkabridge.extension.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

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
 * <p>Thread-safe. The lock is held for a few instructions, and not at all by a record whose lane is open.
 */
final class Lanes {

    /** The lane of records that never go to Kafka. */
    static final TopicLane NONE = new TopicLane("");

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

    private final Map<String, TopicLane> byTopic = new ConcurrentHashMap<>();
    private volatile Set<String> expected = Set.of();
    private Mode mode = Mode.LIVE;
    private List<PendingRecord> arrivals = new ArrayList<>();
    private boolean writerWaits;
    private boolean writerBusy;
    private boolean stopped;

    /** Names the topics that records are expected for: their lanes open before the first one comes. */
    void expect(final Map<String, Optional<TopicCreation>> topics) {
        topics.forEach((topic, creation) -> of(topic).setCreation(creation));
        expected = Set.copyOf(topics.keySet());
    }

    /** The topics that records are expected for, whether any came or not. */
    Set<String> expected() {
        return expected;
    }

    /** The lane of a topic; made with the topic's first record. Never removed, since somebody may be about to queue in it. */
    TopicLane of(final String topic) {
        final TopicLane lane = byTopic.get(topic);
        return lane != null ? lane : byTopic.computeIfAbsent(topic, TopicLane::new);
    }

    /** The closed lanes that are needed: records wait in them, or are expected. */
    synchronized List<TopicLane> closed() {
        return byTopic.values().stream()
                .filter(lane -> !lane.isOpen())
                .filter(lane -> !lane.waiting().isEmpty() || expected.contains(lane.topic()))
                .toList();
    }

    /** Queues a record; its lane is closed from now on. */
    synchronized Queued queue(final PendingRecord record) {
        if (stopped) {
            return Queued.STOPPED;
        }
        if (mode == Mode.LIVE) {
            record.lane().setOpen(false);
            record.lane().setCreation(record.origin().topicCreation());
            record.lane().waiting().addLast(record);
            return Queued.IN_LANE;
        }
        arrivals.add(record);
        if (writerWaits && mode == Mode.SPOOLING) {
            writerWaits = false;
            notifyAll();
        }
        return Queued.TOGETHER;
    }

    /** The next record that waits in a lane; null opens the lane, since there is none. Live, the delivery's thread. */
    synchronized @Nullable PendingRecord next(final TopicLane lane) {
        final PendingRecord next = lane.waiting().pollFirst();
        if (next == null) {
            lane.setOpen(true);
        }
        return next;
    }

    /** Puts back what {@link #next} gave. */
    synchronized void putBack(final PendingRecord record) {
        record.lane().waiting().addFirst(record);
    }

    /** Takes all that waits in a lane. */
    synchronized List<PendingRecord> takeAll(final TopicLane lane) {
        final List<PendingRecord> all = List.copyOf(lane.waiting());
        lane.waiting().clear();
        return all;
    }

    /** The record that has waited longest in a lane. */
    synchronized @Nullable PendingRecord oldest(final TopicLane lane) {
        return lane.waiting().peekFirst();
    }

    /** How many records wait. */
    synchronized int waiting() {
        return arrivals.size()
                + byTopic.values().stream()
                        .mapToInt(lane -> lane.waiting().size())
                        .sum();
    }

    /** Closes all lanes and holds what comes from now on; takes what waited in the lanes. */
    synchronized List<PendingRecord> hold() {
        mode = Mode.HELD;
        final List<PendingRecord> waited = new ArrayList<>();
        for (final TopicLane lane : byTopic.values()) {
            lane.setOpen(false);
            waited.addAll(lane.waiting());
            lane.waiting().clear();
        }
        return waited;
    }

    /** Takes what is held. */
    synchronized List<PendingRecord> takeHeld() {
        final List<PendingRecord> held = arrivals;
        arrivals = new ArrayList<>();
        return held;
    }

    /** Holds records in front of those that came since. */
    synchronized void putInFront(final List<PendingRecord> records) {
        arrivals.addAll(0, records);
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
        for (final PendingRecord record : arrivals) {
            record.lane().setCreation(record.origin().topicCreation());
            record.lane().waiting().addLast(record);
        }
        arrivals = new ArrayList<>();
    }

    /**
     * Takes what has arrived for the spool; the spool's writer only. Calling again says that the records taken before are
     * through, except those that the writer keeps.
     *
     * @param keeps whether the writer keeps records that it couldn't write: then it doesn't wait for long
     * @return the records in the order they came; maybe none when the writer keeps some; null when the delivery has stopped
     */
    synchronized @Nullable List<PendingRecord> takeForSpool(final boolean keeps) throws InterruptedException {
        writerBusy = keeps;
        while ((mode != Mode.SPOOLING || arrivals.isEmpty()) && !stopped) {
            writerWaits = true;
            wait(keeps ? RETRY_MILLIS : 0);
            if (keeps) {
                break;
            }
        }
        writerWaits = false;
        if (mode != Mode.SPOOLING || arrivals.isEmpty()) {
            return stopped ? null : List.of();
        }
        writerBusy = true;
        final List<PendingRecord> taken = arrivals;
        arrivals = new ArrayList<>(taken.size());
        return taken;
    }

    /** Takes nothing from now on, and ends the writer once it has written all. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
