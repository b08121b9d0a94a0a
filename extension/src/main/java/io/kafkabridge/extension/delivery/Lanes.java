package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.producer.Producer;

/** The lanes of all Kafka topics of a cluster. The set never changes, so any thread may look a lane up. */
final class Lanes {

    private final Map<String, TopicLane> byTopic;

    Lanes(final Collection<String> topics, final Duration limit) {
        byTopic = topics.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), topic -> new TopicLane(topic, limit)));
    }

    /**
     * The lane of a topic.
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

    /** Lets every lane send what waits; tells why a lane had to stop. */
    void drain(final Producer<byte[], byte[]> producer, final Consumer<Exception> onStop) {
        for (final TopicLane lane : byTopic.values()) {
            final Exception error = lane.drain(producer);
            if (error != null) {
                onStop.accept(error);
            }
        }
    }

    /** Puts records back in front of what waits in their lanes, in the order they came; empties the queue. */
    void putBack(final Queue<PendingRecord> records) {
        final Map<TopicLane, List<PendingRecord>> byLane = records.stream()
                .sorted(Comparator.comparingLong(PendingRecord::sequence))
                .collect(Collectors.groupingBy(PendingRecord::lane));
        records.clear();
        byLane.forEach(TopicLane::putBack);
    }

    void closeAll() {
        byTopic.values().forEach(TopicLane::close);
    }

    void failWaiting(final Exception cause) {
        byTopic.values().forEach(lane -> lane.failWaiting(cause));
    }

    List<TopicLane> closed() {
        return byTopic.values().stream().filter(lane -> !lane.isOpen()).toList();
    }

    int waiting() {
        return byTopic.values().stream().mapToInt(TopicLane::waiting).sum();
    }
}
