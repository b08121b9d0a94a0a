package io.kafkabridge.extension.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

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

    private static final long RETRY_MILLIS = 200;

    private enum Mode {
        LIVE,
        HELD,
        SPOOLING
    }

    private final Map<String, TopicLane> byTopic;
    private final TopicLane none = new TopicLane("");
    private Mode mode = Mode.LIVE;
    private List<PendingRecord> arrivals = new ArrayList<>();
    private boolean writerWaits;
    private boolean writerBusy;
    private boolean stopped;

    Lanes(final Collection<String> topics) {
        byTopic = topics.stream().distinct().collect(Collectors.toMap(Function.identity(), TopicLane::new));
    }

    /**
     * The lane of a topic. The set never changes, so this takes no lock.
     *
     * @throws IllegalArgumentException when the delivery wasn't made for that topic
     */
    TopicLane of(final String topic) {
        final TopicLane lane = byTopic.get(topic);
        if (lane == null) {
            throw new IllegalArgumentException("No lane for Kafka topic " + topic);
        }
        return lane;
    }

    /** The lane of records that never go to Kafka. */
    TopicLane none() {
        return none;
    }

    Collection<TopicLane> all() {
        return byTopic.values();
    }

    /**
     * Queues a record; its lane is closed from now on.
     *
     * @return whether the delivery's thread has to send it
     */
    synchronized boolean queue(final PendingRecord record) {
        if (mode == Mode.LIVE) {
            record.lane().setOpen(false);
            record.lane().waiting().addLast(record);
            return true;
        }
        arrivals.add(record);
        if (writerWaits && mode == Mode.SPOOLING) {
            writerWaits = false;
            notifyAll();
        }
        return false;
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
        arrivals.forEach(record -> record.lane().waiting().addLast(record));
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

    /** Ends the writer once it has written all. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
