package io.kafkabridge.extension.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
 * brokers might create it then, by their own defaults. So an admin client asks first, and creates only what is missing: whether
 * this user may create topics matters only then. Nothing here waits for Kafka. For the delivery's thread.
 */
public final class TopicCreator {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);
    private static final long RETRY = Duration.ofSeconds(1).toNanos();
    private static final long IDLE = Duration.ofSeconds(30).toNanos();

    /** Ends with whether the topic had to be created. */
    private record Attempt(CompletableFuture<Boolean> result, long startNanos) {}

    private final String cluster;
    private final Supplier<CompletableFuture<Admin>> opener;
    private final Consumer<Admin> closer;
    private final Runnable wake;
    private final LongSupplier clock;
    private final Set<String> existing = new HashSet<>();
    private final Map<String, Attempt> attempts = new HashMap<>();
    private @Nullable CompletableFuture<Admin> admin;
    private long lastUse;

    /**
     * Makes a creator, which connects when there is something to ask.
     *
     * @param wake called when Kafka has answered
     * @param clock {@link System#nanoTime}
     */
    public TopicCreator(
            final String cluster, final KafkaClients clients, final Runnable wake, final LongSupplier clock) {
        this(
                cluster,
                clients::openAdmin,
                client -> clients.run(() -> {
                    client.close(Duration.ZERO);
                    return true;
                }),
                wake,
                clock);
    }

    /** A seam for tests. */
    TopicCreator(
            final String cluster,
            final Supplier<CompletableFuture<Admin>> opener,
            final Consumer<Admin> closer,
            final Runnable wake,
            final LongSupplier clock) {
        this.cluster = cluster;
        this.opener = opener;
        this.closer = closer;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Makes sure that a topic exists, if creating it is asked for.
     *
     * @throws TimeoutException it isn't known to exist yet; its cause is the topic's own error when Kafka says that it
     *     doesn't, and can't be created, or that this user may not see it
     */
    void ensure(final String topic, final Optional<TopicCreation> creation) {
        if (creation.isEmpty() || existing.contains(topic)) {
            return;
        }
        final Attempt attempt = attempts.get(topic);
        if (attempt == null) {
            attempts.put(topic, new Attempt(askAndCreate(topic, creation.get()), clock.getAsLong()));
        } else if (attempt.result().isDone()) {
            settle(topic, attempt);
            return;
        }
        throw new TimeoutException("Kafka is asked for the topic " + topic);
    }

    private CompletableFuture<Boolean> askAndCreate(final String topic, final TopicCreation creation) {
        CompletableFuture<Admin> open = admin;
        if (open == null || open.isCompletedExceptionally()) {
            open = opener.get();
            admin = open;
        }
        lastUse = clock.getAsLong();
        return open.thenCompose(client -> client.describeTopics(List.of(topic))
                        .allTopicNames()
                        .toCompletionStage()
                        .handle((found, refusal) -> refusal == null
                                ? CompletableFuture.completedFuture(false)
                                : createMissing(client, topic, creation, reason(refusal)))
                        .thenCompose(next -> next))
                .whenComplete((created, error) -> wake.run());
    }

    private static CompletionStage<Boolean> createMissing(
            final Admin client, final String topic, final TopicCreation creation, final Throwable refusal) {
        if (!(refusal instanceof UnknownTopicOrPartitionException)) {
            return CompletableFuture.failedStage(refusal);
        }
        final NewTopic wanted = new NewTopic(
                topic,
                Optional.of(creation.partitions()).filter(number -> number > 0),
                Optional.of(creation.replicationFactor()).filter(number -> number > 0));
        return client.createTopics(List.of(wanted)).all().toCompletionStage().handle((done, error) -> {
            final @Nullable Throwable cause = error == null ? null : reason(error);
            if (cause == null || cause instanceof TopicExistsException) {
                return cause == null;
            }
            throw cause instanceof RetriableException || !(cause instanceof KafkaException)
                    ? new CompletionException(cause)
                    : new UnknownTopicOrPartitionException(
                            "the topic " + topic + " doesn't exist, and can't be created: " + cause.getMessage());
        });
    }

    private void settle(final String topic, final Attempt attempt) {
        final Throwable refusal = attempt.result()
                .handle((ignored, failure) -> failure == null ? null : reason(failure))
                .join();
        if (refusal == null) {
            existing.add(topic);
            attempts.remove(topic);
            if (attempt.result().join()) {
                LOG.info("Created the topic '{}' of Kafka cluster '{}'.", topic, cluster);
            }
            return;
        }
        if (clock.getAsLong() - attempt.startNanos() >= RETRY) {
            attempts.remove(topic);
        }
        final String text = "Kafka doesn't say that the topic " + topic + " exists: " + refusal.getMessage();
        throw refusal instanceof Exception exception && KafkaErrors.concernsRecord(exception)
                ? new TimeoutException(text, refusal)
                : new TimeoutException(text);
    }

    /** Why a stage failed, without the wrapping. */
    private static Throwable reason(final Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** Notes why a producer didn't take a record; when Kafka says that the topic doesn't exist, it is created again. */
    void noteRefusal(final String topic, final @Nullable Exception refusal) {
        if (refusal != null && KafkaErrors.ofTopic(refusal) instanceof UnknownTopicOrPartitionException) {
            existing.remove(topic);
        }
    }

    /** Lets the connection go when nothing was asked for a while. */
    public void tidy() {
        if (clock.getAsLong() - lastUse >= IDLE) {
            close();
        }
    }

    /** Lets the connection go; doesn't wait for it. */
    public void close() {
        final CompletableFuture<Admin> open = admin;
        admin = null;
        if (open != null) {
            open.thenAccept(closer);
        }
    }
}
