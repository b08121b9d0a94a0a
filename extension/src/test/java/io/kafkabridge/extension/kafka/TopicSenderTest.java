package io.kafkabridge.extension.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of the records that wait in a lane. */
class TopicSenderTest implements TopicSender.Lanes<NotedSubmission> {

    private static final Duration LIMIT = Duration.ofSeconds(4);
    private final TimeoutException missing =
            new TimeoutException("no metadata", new UnknownTopicOrPartitionException("no such topic"));

    private final FakeClock clock = new FakeClock();
    private final HeldProducer producer = new HeldProducer();
    private final KafkaSender sender = new KafkaSender(producer, Runnable::run, () -> {}, clock);
    private final TopicLane<NotedSubmission> lane = new TopicLane<>("t");
    private final List<String> rejected = new ArrayList<>();
    private final TopicSender<NotedSubmission> topics = new TopicSender<>(
            this,
            (record, reason) -> rejected.add(
                    new String(record.record().value(), StandardCharsets.UTF_8) + ": " + reason.getMessage()),
            new MissingTopics(LIMIT, clock),
            new TopicCreator("c1", CompletableFuture::new, client -> {}, () -> {}, clock),
            clock);

    @Override
    public @Nullable NotedSubmission next(final TopicLane<NotedSubmission> of, final KafkaSender to) {
        final NotedSubmission next = of.waiting().pollFirst();
        if (next == null) {
            of.setOpenFor(to);
        }
        return next;
    }

    @Override
    public void putBack(final TopicLane<NotedSubmission> of, final NotedSubmission record) {
        of.waiting().addFirst(record);
    }

    @Override
    public List<NotedSubmission> takeAll(final TopicLane<NotedSubmission> of) {
        final List<NotedSubmission> all = List.copyOf(of.waiting());
        of.waiting().clear();
        return all;
    }

    private NotedSubmission wait(final String value) {
        final NotedSubmission record = new NotedSubmission("t", value);
        lane.waiting().add(record);
        return record;
    }

    @Test
    void send_ofALane_sendsAllInOrder_andOpensIt() {
        // Given
        final NotedSubmission first = wait("1");
        final NotedSubmission unwanted = wait("2");
        unwanted.wanted = false;
        final NotedSubmission last = wait("3");

        // When
        final Exception refusal = topics.send(lane, sender);

        // Then
        assertThat(refusal).isNull();
        assertThat(lane.isOpenFor(sender)).isTrue();
        assertThat(producer.callbacks).containsExactly(first, last);
        assertThat(unwanted.calls).containsExactly("failed: an earlier publish failed");
        assertThat(lane.send(new NotedSubmission("t", "4"), 0))
                .as("straight to the producer")
                .isNull();
    }

    @Test
    void send_thatIsRefusedForNow_keepsTheOrder() {
        // Given
        final NotedSubmission first = wait("1");
        final NotedSubmission second = wait("2");
        producer.onSend = callback -> callback.onCompletion(null, new TimeoutException("buffer full"));

        // When, Then
        assertThat(topics.send(lane, sender)).hasMessage("buffer full");
        assertThat(lane.waiting()).containsExactly(first, second);
        assertThat(lane.isOpenFor(sender)).isFalse();
        assertThat(lane.send(new NotedSubmission("t", "3"), 0)).hasMessage("the lane is closed");
    }

    @Test
    void send_thatIsRefusedForGood_rejectsThatRecordAlone() {
        // Given
        wait("1");
        final NotedSubmission second = wait("2");
        producer.onSend = callback -> {
            producer.onSend = null;
            throw new RecordTooLargeException("1 MB at most");
        };

        // When, Then
        assertThat(topics.send(lane, sender)).isNull();
        assertThat(rejected).containsExactly("1: 1 MB at most");
        assertThat(producer.callbacks).containsExactly(second);
    }

    @Test
    void send_toAMissingTopic_waits_andThenRejectsAll() {
        // Given
        wait("1");
        wait("2");
        producer.partitionsForException = missing;

        // When, Then
        assertThat(topics.send(lane, sender)).isSameAs(missing);
        assertThat(rejected).isEmpty();
        assertThat(lane.waiting()).hasSize(2);
        clock.advance(LIMIT);
        assertThat(topics.send(lane, sender)).isSameAs(missing);
        assertThat(rejected).containsExactly("1: no such topic", "2: no such topic");
        assertThat(lane.waiting()).isEmpty();
    }

    @Test
    void send_toAPartitionThatTheTopicLacks_rejectsThatRecord_andSendsTheOthers() {
        // Given
        lane.waiting().add(new NotedSubmission(new ProducerRecord<>("t", 7, null, new byte[] {'1'})));
        final NotedSubmission fine = wait("2");
        producer.onSend = callback -> {
            if (callback != fine) {
                callback.onCompletion(null, new TimeoutException("partition 7 isn't there"));
            }
        };

        // When, Then
        assertThat(topics.send(lane, sender)).isNotNull();
        clock.advance(Duration.ofMillis(500));
        assertThat(topics.send(lane, sender)).isNull();
        assertThat(rejected).singleElement().asString().startsWith("1: Kafka topic t has no partition 7");
        assertThat(lane.isOpenFor(sender)).isTrue();
    }

    @Test
    void send_toATopicThatIsToBeCreated_waitsForThat() {
        // Given
        wait("1");
        lane.setCreation(Optional.of(new TopicCreation(1, (short) 1)));

        // When, Then
        assertThat(topics.send(lane, sender)).hasMessage("Kafka is asked for the topic t");
        assertThat(producer.callbacks).isEmpty();
        assertThat(topics.isReady(lane, sender)).isFalse();
    }

    @Test
    void isReady_onceTheTopicIsKnown_orKnownToBeMissing() {
        assertThat(topics.isReady(lane, sender)).isTrue();
        producer.partitionsForException = missing;
        assertThat(topics.isReady(lane, sender)).isTrue();
        producer.partitionsForException = new TimeoutException("no metadata");
        assertThat(topics.isReady(lane, sender)).isFalse();
        producer.partitionsForException = new AuthenticationException("wrong password");
        assertThatThrownBy(() -> topics.isReady(lane, sender)).isInstanceOf(AuthenticationException.class);
    }
}
