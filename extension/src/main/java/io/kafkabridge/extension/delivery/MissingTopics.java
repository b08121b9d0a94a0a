package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The Kafka topics that aren't there for us, by Kafka's own word: they don't exist and aren't created, or this user may not
 * write to them. When that lasts, their records are rejected. For the delivery's thread.
 */
final class MissingTopics {

    private final Map<String, Long> since = new HashMap<>();
    private final long limitNanos;

    MissingTopics(final Duration limit) {
        limitNanos = limit.toNanos();
    }

    /** Notes why a producer didn't take a record of the topic; null: it knows the topic. */
    void note(final String topic, final @Nullable Exception refusal) {
        if (refusal == null) {
            since.remove(topic);
        } else if (Refusals.ofTopic(refusal) != null) {
            since.putIfAbsent(topic, System.nanoTime());
        }
    }

    boolean contains(final String topic) {
        return since.containsKey(topic);
    }

    /**
     * Notes a refusal, and tells whether it is final.
     *
     * @return the topic's error, once Kafka has said for as long as we wait that the topic is missing, and says so now; or null
     */
    @Nullable
    Exception giveUp(final String topic, final Exception refusal) {
        note(topic, refusal);
        final Exception ofTopic = Refusals.ofTopic(refusal);
        final Long start = since.get(topic);
        return ofTopic != null && start != null && System.nanoTime() - start >= limitNanos ? ofTopic : null;
    }
}
