package io.kafkabridge.extension.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;

/**
 * The records of one Kafka topic. While the lane is open, a record goes from the caller's thread straight into the
 * producer, without a lock. When the producer can't take one at once (no metadata, buffer full), {@link Lanes} closes the
 * lane and queues records in it, until the delivery's own thread has sent them.
 *
 * <p>A topic of its own waits alone: one that doesn't exist holds up no other.
 */
final class TopicLane {

    private final String topic;

    /** Guarded by the {@link Lanes}. */
    private final Deque<PendingRecord> waiting = new ArrayDeque<>();

    private volatile boolean open;
    private volatile Optional<TopicCreation> creation = Optional.empty();

    TopicLane(final String topic) {
        this.topic = topic;
    }

    /**
     * Sends a record if the lane is open and the producer takes it. Doesn't block; several threads may call it.
     *
     * @return false: the record has to wait
     */
    boolean send(final PendingRecord record, final @Nullable Producer<byte[], byte[]> producer) {
        if (!open || producer == null) {
            return false;
        }
        final Exception refusal = record.submit(producer, record.arrivalNanos());
        if (refusal == null) {
            return true;
        }
        if (Submission.isNotReady(refusal)) {
            return false;
        }
        record.notDelivered(refusal);
        return true;
    }

    String topic() {
        return topic;
    }

    boolean isOpen() {
        return open;
    }

    void setOpen(final boolean open) {
        this.open = open;
    }

    /** How the topic is created if it doesn't exist; empty: that is left to the brokers. */
    Optional<TopicCreation> creation() {
        return creation;
    }

    void setCreation(final Optional<TopicCreation> creation) {
        this.creation = creation;
    }

    Deque<PendingRecord> waiting() {
        return waiting;
    }
}
