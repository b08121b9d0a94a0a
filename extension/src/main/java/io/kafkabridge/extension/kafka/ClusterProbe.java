package io.kafkabridge.extension.kafka;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import io.kafkabridge.extension.model.KafkaCluster;

/** Tries a cluster: whether it can be reached with these settings, and whether it has the topics. */
public final class ClusterProbe {

    private ClusterProbe() {}

    /**
     * What a cluster said.
     *
     * @param brokers the number of its brokers that are up
     * @param topics what it says about each topic, fit for a person to read
     */
    public record Answer(int brokers, Map<String, String> topics) {}

    /**
     * Asks a cluster; takes as long as that at most, and as DNS does.
     *
     * @throws UnknownHostException when no bootstrap server has an address
     * @throws TimeoutException when none answers in time
     * @throws ExecutionException when it refuses; the cause says why
     */
    public static Answer ask(final KafkaCluster cluster, final Collection<String> topics, final Duration limit)
            throws UnknownHostException, InterruptedException, ExecutionException, TimeoutException {
        final Admin admin = KafkaClients.admin(cluster);
        try {
            final int brokers = admin.describeCluster()
                    .nodes()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .size();
            final Map<String, String> answers = new LinkedHashMap<>();
            for (final Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                    admin.describeTopics(topics).topicNameValues().entrySet()) {
                answers.put(topic.getKey(), describe(topic.getValue(), limit));
            }
            return new Answer(brokers, answers);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static String describe(final KafkaFuture<TopicDescription> topic, final Duration limit)
            throws InterruptedException, TimeoutException {
        try {
            final int partitions = topic.get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .partitions()
                    .size();
            return partitions + (partitions == 1 ? " partition" : " partitions");
        } catch (final ExecutionException e) {
            final Throwable cause = e.getCause();
            return cause instanceof UnknownTopicOrPartitionException
                    ? "doesn't exist yet"
                    : "can't be looked at: " + (cause == null ? e : cause).getMessage();
        }
    }
}
