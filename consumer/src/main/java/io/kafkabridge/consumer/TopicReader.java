package io.kafkabridge.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

import io.kafkabridge.cli.Console;

/**
 * Prints the records of topics and commits what is printed: a record may be printed twice, none is skipped. Used by
 * one thread, except {@link #stop}.
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

    private final Map<TopicPartition, OffsetAndMetadata> printed = new HashMap<>();
    private final Set<TopicPartition> rewound = new HashSet<>();
    private long left;
    private volatile boolean stopped;

    /**
     * What to read and how to show it.
     *
     * @param count how many records, at least one
     * @param fromBeginning whether to read from the first record on, whatever the group has read before
     */
    record Reading(List<String> topics, long count, boolean fromBeginning, RecordFormat format) {}

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
     * Prints until stopped, until the count is reached, or until nobody reads the output.
     *
     * @return whether the output could be written
     */
    boolean run() {
        try {
            reading.topics().forEach(this::awaitTopic);
            consumer.subscribe(reading.topics(), this);
            while (!stopped && left > 0) {
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

    private void awaitTopic(String topic) {
        while (!stopped) {
            try {
                if (consumer.partitionsFor(topic, ANSWER_LIMIT).isEmpty()) {
                    throw KafkaFailure.unknownTopic(topic, options);
                }
                kafka.back();
                return;
            } catch (TimeoutException e) {
                kafka.away(" (is it running, and is " + options.protocol() + " the security protocol it wants?)");
            }
        }
    }

    private boolean print() {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL_LIMIT)) {
            if (left == 0) {
                break;
            }
            console.out().println(reading.format().format(message));
            printed.put(
                    new TopicPartition(message.topic(), message.partition()),
                    new OffsetAndMetadata(message.offset() + 1, message.leaderEpoch(), ""));
            left--;
        }
        return !console.out().checkError(); // flushes, too
    }

    private void commit() {
        if (printed.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(printed, COMMIT_LIMIT);
            printed.clear();
        } catch (RetriableException | CommitFailedException | RebalanceInProgressException e) {
            // Kafka is away, or partitions move: committed with the next records.
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (reading.fromBeginning()) {
            consumer.seekToBeginning(partitions.stream().filter(rewound::add).toList());
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        printed.keySet().removeAll(partitions); // their next reader starts from the last commit
    }
}
