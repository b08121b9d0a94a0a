package io.kafkabridge.extension.delivery;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;

/**
 * Creates Kafka topics for the mappings that ask for it. A producer must not ask for such a topic before it exists: the
 * brokers might create it then, by their own defaults. Nothing here waits for Kafka. For the delivery's thread.
 */
final class TopicCreator {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);
    private static final long RETRY = Duration.ofSeconds(1).toNanos();
    private static final long IDLE = Duration.ofSeconds(30).toNanos();

    private record Attempt(CompletableFuture<Void> result, long startNanos) {}

    private final String cluster;
    private final Producers clients;
    private final Runnable wake;
    private final Set<String> existing = new HashSet<>();
    private final Map<String, Attempt> attempts = new HashMap<>();
    private @Nullable Admin admin;
    private long lastUse;

    /**
     * Makes a creator, which connects when there is something to create.
     *
     * @param wake called when Kafka has answered
     */
    TopicCreator(final String cluster, final Producers clients, final Runnable wake) {
        this.cluster = cluster;
        this.clients = clients;
        this.wake = wake;
    }

    /**
     * Makes sure that a topic exists, if creating it is asked for.
     *
     * @throws TimeoutException it doesn't exist yet; its cause is an {@link UnknownTopicOrPartitionException} when Kafka
     *     refuses to create it
     */
    void ensure(final String topic, final Optional<TopicCreation> creation) {
        if (creation.isEmpty() || existing.contains(topic)) {
            return;
        }
        final Attempt attempt = attempts.get(topic);
        if (attempt == null) {
            attempts.put(topic, new Attempt(create(topic, creation.get()), System.nanoTime()));
        } else if (attempt.result().isDone()) {
            settle(topic, attempt);
            return;
        }
        throw new TimeoutException("the topic " + topic + " is being created");
    }

    private CompletableFuture<Void> create(final String topic, final TopicCreation creation) {
        final NewTopic wanted = new NewTopic(
                topic,
                Optional.of(creation.partitions()).filter(number -> number > 0),
                Optional.of(creation.replicationFactor()).filter(number -> number > 0));
        try {
            final Admin open = admin != null ? admin : clients.openAdmin();
            admin = open;
            lastUse = System.nanoTime();
            return open.createTopics(List.of(wanted))
                    .all()
                    .toCompletionStage()
                    .whenComplete((ignored, error) -> wake.run())
                    .toCompletableFuture();
        } catch (final UnknownHostException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settle(final String topic, final Attempt attempt) {
        final Throwable refusal = refusal(attempt.result());
        if (refusal == null || refusal instanceof TopicExistsException) {
            existing.add(topic);
            attempts.remove(topic);
            if (refusal == null) {
                LOG.info("Created the topic '{}' of Kafka cluster '{}'.", topic, cluster);
            }
            return;
        }
        if (System.nanoTime() - attempt.startNanos() >= RETRY) {
            attempts.remove(topic);
        }
        final String text = "the topic " + topic + " can't be created: " + refusal.getMessage();
        throw refusal instanceof RetriableException || !(refusal instanceof KafkaException)
                ? new TimeoutException(text)
                : new TimeoutException(text, new UnknownTopicOrPartitionException(text));
    }

    /** Why an attempt that has ended failed; null when it didn't. */
    private static @Nullable Throwable refusal(final CompletableFuture<Void> result) {
        final @Nullable Throwable error =
                result.handle((ignored, failure) -> failure).join();
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** Notes why a producer didn't take a record; when Kafka says that the topic doesn't exist, it is created again. */
    void noteRefusal(final String topic, final @Nullable Exception refusal) {
        if (refusal != null && Refusals.ofTopic(refusal) instanceof UnknownTopicOrPartitionException) {
            existing.remove(topic);
        }
    }

    /** Lets the connection go when nothing was created for a while. */
    void tidy() {
        if (System.nanoTime() - lastUse >= IDLE) {
            close();
        }
    }

    void close() {
        final Admin open = admin;
        admin = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
