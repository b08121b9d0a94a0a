package io.kafkabridge.extension.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;

/**
 * The records of one Kafka topic. While the lane is open, a record goes from the caller's thread straight into the
 * producer, without a lock. When the producer can't take one at once (no metadata, buffer full), the lane is closed and records
 * queue in it, until the delivery's own thread has sent them.
 *
 * <p>A topic of its own waits alone: one that doesn't exist holds up no other.
 *
 * @param <S> what is sent
 */
public final class TopicLane<S extends Submission> {

    private final String topic;

    /** Guarded by whoever has the lanes. */
    private final Deque<S> waiting = new ArrayDeque<>();

    private volatile @Nullable KafkaSender openFor;
    private volatile Optional<TopicCreation> creation = Optional.empty();

    /** A lane, which is closed. */
    public TopicLane(final String topic) {
        this.topic = topic;
    }

    /**
     * Sends a record if the lane is open and the producer takes it. Doesn't block; several threads may call it.
     *
     * @param now {@link System#nanoTime}
     * @return null when the record is under way; else why it has to wait, or never will be
     */
    public @Nullable Exception send(final S record, final long now) {
        final KafkaSender sender = openFor;
        return sender == null ? new TimeoutException("the lane is closed") : sender.send(record, now);
    }

    public String topic() {
        return topic;
    }

    /** Whether records go straight to that sender. */
    public boolean isOpenFor(final KafkaSender sender) {
        return openFor == sender;
    }

    /** Lets records go straight to the sender; null closes the lane. */
    public void setOpenFor(final @Nullable KafkaSender sender) {
        openFor = sender;
    }

    /** How the topic is created if it doesn't exist; empty: that is left to the brokers. */
    public Optional<TopicCreation> creation() {
        return creation;
    }

    public void setCreation(final Optional<TopicCreation> creation) {
        this.creation = creation;
    }

    public Deque<S> waiting() {
        return waiting;
    }
}
