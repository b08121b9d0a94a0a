package io.kafkabridge.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.Console;

/**
 * Prints the records of topics and commits what is printed or filtered out: a record may be printed twice, none is skipped.
 * Used by one thread, except {@link #stop}.
 */
final class TopicReader implements ConsumerRebalanceListener {
    private static final Duration POLL_LIMIT = Duration.ofSeconds(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(3);

    private final Consumer<byte[], byte[]> consumer;
    private final Reading reading;
    private final Console console;
    private final Reachability kafka;
    private final KafkaOptions options;

    private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
    private final Set<TopicPartition> begun = new HashSet<>();
    private Map<TopicPartition, Long> begins = Map.of();
    private Map<TopicPartition, Long> ends = Map.of();
    private boolean assigned;
    private long left;
    private volatile boolean stopped;

    TopicReader(Consumer<byte[], byte[]> consumer, Reading reading, Console console, KafkaOptions options) {
        this.consumer = consumer;
        this.reading = reading;
        this.console = console;
        this.options = options;
        kafka = new Reachability(console, options);
        left = reading.count();
    }

    /** Ends {@link #run} soon. From any thread. */
    void stop() {
        stopped = true;
        consumer.wakeup();
    }

    /**
     * Prints until stopped, until the count or the end is reached, or until nobody reads the output.
     *
     * @return whether the output could be written
     */
    boolean run() {
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            reading.topics().forEach(topic -> partitions.addAll(partitions(topic)));
            StartPosition from = reading.from();
            if (from != null) {
                begins = patiently(() -> from.offsets(consumer, partitions, ANSWER_LIMIT), begins);
            }
            if (reading.untilEnd()) {
                ends = patiently(() -> consumer.endOffsets(partitions, ANSWER_LIMIT), ends);
            }
            consumer.subscribe(reading.topics(), this);
            while (!stopped && left > 0 && !atEnd()) {
                boolean written = print();
                if (!written) {
                    return false;
                }
                commit();
                kafka.check(consumer);
            }
        } catch (WakeupException e) {
            commit(); // stopped
        }
        return true;
    }

    /** The partitions to read of a topic. */
    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> all = patiently(() -> consumer.partitionsFor(topic, ANSWER_LIMIT), List.of());
        if (all.isEmpty() && !stopped) {
            throw KafkaFailure.unknownTopic(topic, options);
        }
        for (int number : reading.partitions()) {
            if (number < 0 || (number >= all.size() && !stopped)) {
                throw CommandFailure.wrongSetting("Topic '" + topic + "' has no partition " + number + ", but 0 to "
                        + (all.size() - 1) + "; check --partition");
            }
        }
        return all.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .filter(this::isWanted)
                .toList();
    }

    /** Asks Kafka again and again until it answers. */
    private <T> T patiently(Supplier<T> question, T whenStopped) {
        while (!stopped) {
            try {
                T answer = question.get();
                kafka.back();
                return answer;
            } catch (TimeoutException e) {
                kafka.away(" (is it running, and is " + options.protocol() + " the security protocol it wants?)");
            }
        }
        return whenStopped;
    }

    private boolean isWanted(TopicPartition partition) {
        return reading.partitions().isEmpty() || reading.partitions().contains(partition.partition());
    }

    /** Whether this group member has read all of its share that there was at the start. */
    private boolean atEnd() {
        if (!reading.untilEnd() || !assigned) {
            return false;
        }
        if (consumer.assignment().isEmpty()) {
            console.warn(
                    "Other members of group " + options.group() + " have all partitions; choose another with --group");
            return true;
        }
        try {
            return consumer.assignment().stream()
                    .filter(ends::containsKey)
                    .allMatch(partition -> consumer.position(partition, ANSWER_LIMIT) >= end(partition));
        } catch (TimeoutException e) {
            return false;
        }
    }

    private long end(TopicPartition partition) {
        return reading.untilEnd() ? ends.getOrDefault(partition, 0L) : Long.MAX_VALUE;
    }

    private boolean print() {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL_LIMIT)) {
            if (left == 0) {
                break;
            }
            TopicPartition partition = new TopicPartition(message.topic(), message.partition());
            if (message.offset() >= end(partition)) {
                continue; // came after the start
            }
            if (reading.filter().test(message)) {
                console.out().println(reading.format().format(message));
                left--;
            }
            read.put(partition, new OffsetAndMetadata(message.offset() + 1, message.leaderEpoch(), ""));
        }
        return !console.out().checkError(); // flushes, too
    }

    private void commit() {
        if (read.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(read, COMMIT_LIMIT);
            read.clear();
        } catch (RetriableException | CommitFailedException | RebalanceInProgressException e) {
            // Kafka is away, or partitions move: committed with the next records.
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assigned = true;
        for (TopicPartition partition : partitions) {
            Long offset = begins.get(partition);
            if (!isWanted(partition)) {
                consumer.pause(List.of(partition));
            } else if (offset != null && begun.add(partition)) {
                consumer.seek(partition, offset);
            }
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        read.keySet().removeAll(partitions); // their next reader starts from the last commit
    }
}
