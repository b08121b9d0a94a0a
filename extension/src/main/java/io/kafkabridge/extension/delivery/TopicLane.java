package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one Kafka topic. While the lane is open, a record goes from the caller's thread straight into the
 * producer, without a lock. When the producer can't take one at once (no metadata, buffer full), the lane closes: records
 * queue here in order, and the delivery's own thread sends them until the queue is empty. Then the lane opens again.
 *
 * <p>A topic of its own waits alone: one that doesn't exist holds up no other.
 */
final class TopicLane {

    private final String topic;
    private final Deque<PendingRecord> waiting = new ArrayDeque<>();
    private final long limitNanos;
    private volatile boolean open;

    /** Since when Kafka says that the topic isn't there for us; null while it doesn't. The delivery's thread only. */
    private @Nullable Long missingSince;

    TopicLane(final String topic, final Duration limit) {
        this.topic = topic;
        this.limitNanos = limit.toNanos();
    }

    /**
     * Sends a record or queues it. Doesn't block; several threads may call it.
     *
     * @return whether the record has to wait
     */
    boolean send(final PendingRecord record, final @Nullable Producer<byte[], byte[]> producer) {
        if (open && producer != null) {
            final Exception refusal = record.submit(producer);
            if (refusal == null) {
                return false;
            }
            if (!PendingRecord.isNotReady(refusal)) {
                record.notDelivered(refusal);
                return false;
            }
        }
        synchronized (waiting) {
            open = false;
            waiting.addLast(record);
        }
        return true;
    }

    /** Sends what waits as far as the producer takes it; the delivery's thread only. Returns why it stopped, or null. */
    @Nullable
    Exception drain(final Producer<byte[], byte[]> producer) {
        if (open) {
            return null;
        }
        try {
            producer.partitionsFor(topic);
            missingSince = null;
        } catch (final RuntimeException e) {
            rejectIfMissing(Refusals.ofTopic(e));
            return e;
        }
        while (true) {
            final PendingRecord record;
            synchronized (waiting) {
                record = waiting.pollFirst();
                if (record == null) {
                    open = true;
                    return null;
                }
            }
            final Exception refusal = record.submit(producer);
            if (refusal != null && PendingRecord.isNotReady(refusal)) {
                synchronized (waiting) {
                    waiting.addFirst(record);
                }
                return refusal;
            }
            if (refusal != null) {
                record.notDelivered(refusal);
            }
        }
    }

    private void rejectIfMissing(final @Nullable Exception ofTopic) {
        final long now = System.nanoTime();
        if (ofTopic == null) {
            missingSince = null;
        } else if (missingSince == null) {
            missingSince = now;
        } else if (now - missingSince >= limitNanos) {
            final List<PendingRecord> rejected;
            synchronized (waiting) {
                rejected = List.copyOf(waiting);
                waiting.clear();
            }
            rejected.forEach(record -> record.notDelivered(ofTopic));
        }
    }

    /** Puts records back in front of all that wait, in their order. */
    void putBack(final List<PendingRecord> records) {
        synchronized (waiting) {
            open = false;
            for (int i = records.size() - 1; i >= 0; i--) {
                waiting.addFirst(records.get(i));
            }
        }
    }

    /** Makes records queue from now on. */
    void close() {
        synchronized (waiting) {
            open = false;
        }
    }

    boolean isOpen() {
        return open;
    }

    String topic() {
        return topic;
    }

    /**
     * Fails what waits, except what must be kept, once the oldest has waited for the limit. All of it, not only the
     * oldest: a later record of the same client must not overtake the one that the client will send again.
     */
    void expire(final @Nullable Exception cause) {
        final boolean expired;
        synchronized (waiting) {
            expired = waiting.stream()
                    .filter(record -> !record.isKept())
                    .findFirst()
                    .map(record -> record.age() >= limitNanos)
                    .orElse(false);
        }
        if (expired) {
            failWaiting(cause != null ? cause : new TimeoutException("Kafka took no record in time"));
        }
    }

    /** Fails what waits, except what must be kept. */
    void failWaiting(final Exception cause) {
        final List<PendingRecord> failed = new ArrayList<>();
        synchronized (waiting) {
            final int count = waiting.size();
            for (int i = 0; i < count; i++) {
                final PendingRecord record = waiting.removeFirst();
                if (record.isKept()) {
                    waiting.addLast(record);
                } else {
                    failed.add(record);
                }
            }
        }
        failed.forEach(record -> record.fail(cause));
    }

    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }
}
