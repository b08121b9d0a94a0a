package io.kafkabridge.extension.kafka;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TopicCreatorTest {

    private static final Optional<TopicCreation> CREATION = Optional.of(new TopicCreation(3, (short) 2));
    private static final TopicDescription THERE = new TopicDescription("t", false, List.of());
    private final UnknownTopicOrPartitionException unknown = new UnknownTopicOrPartitionException("no such topic");

    private final FakeClock clock = new FakeClock();
    private final FakeAdmin kafka = new FakeAdmin();
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private CompletableFuture<Admin> connection = CompletableFuture.completedFuture(kafka.admin);

    private final TopicCreator creator = new TopicCreator(
            "c1",
            () -> {
                opened.incrementAndGet();
                return connection;
            },
            client -> client.close(Duration.ZERO),
            wakes::incrementAndGet,
            clock);

    private TimeoutException refusal() {
        return catchThrowableOfType(TimeoutException.class, () -> creator.ensure("t", CREATION));
    }

    private void assertExists() {
        assertThatCode(() -> creator.ensure("t", CREATION)).doesNotThrowAnyException();
    }

    @Test
    void ensure_withoutCreation_asksNobody() {
        // When
        creator.ensure("t", Optional.empty());

        // Then
        assertThat(opened).hasValue(0);
    }

    @Test
    void topicThatExists_isUsed_whetherThisUserMayCreateTopicsOrNot() {
        // Given
        assertThat(refusal()).hasNoCause();

        // When
        kafka.described.get(0).complete(THERE);

        // Then
        assertThat(wakes).hasValue(1);
        assertExists();
        assertThat(kafka.created).isEmpty();
        assertExists();
        assertThat(kafka.described).as("asked once").hasSize(1);
    }

    @Test
    void missingTopic_isCreatedAsTheMappingSays() {
        // Given
        refusal();

        // When
        kafka.described.get(0).completeExceptionally(unknown);
        assertThat(refusal()).as("while it is created").hasNoCause();
        kafka.creations.get(0).complete(new CreateTopicsResult.TopicMetadataAndConfig(unknown));

        // Then
        assertExists();
        assertThat(kafka.created).singleElement().satisfies(topic -> {
            assertThat(topic.name()).isEqualTo("t");
            assertThat(topic.numPartitions()).isEqualTo(3);
            assertThat(topic.replicationFactor()).isEqualTo((short) 2);
        });
    }

    @Test
    void missingTopic_withTheBrokersDefaults_leavesThemToTheBrokers() {
        // Given
        assertThatThrownBy(() -> creator.ensure("t", Optional.of(new TopicCreation(-1, (short) -1))))
                .isInstanceOf(TimeoutException.class);

        // When
        kafka.described.get(0).completeExceptionally(unknown);

        // Then
        assertThat(kafka.created).singleElement().satisfies(topic -> {
            assertThat(topic.numPartitions()).isEqualTo(-1);
            assertThat(topic.replicationFactor()).isEqualTo((short) -1);
        });
    }

    @Test
    void missingTopic_thatSomebodyElseCreatesAtTheSameTime_isUsed() {
        // Given
        refusal();
        kafka.described.get(0).completeExceptionally(unknown);

        // When
        kafka.creations.get(0).completeExceptionally(new TopicExistsException("it is there"));

        // Then
        assertExists();
    }

    @Test
    void missingTopic_thatThisUserMayNotCreate_isTheTopicsError_andSaysNothingOfTheCluster() {
        // Given
        refusal();
        kafka.described.get(0).completeExceptionally(unknown);

        // When
        kafka.creations.get(0).completeExceptionally(new ClusterAuthorizationException("not allowed"));

        // Then
        final TimeoutException refusal = refusal();
        assertThat(KafkaErrors.ofTopic(refusal))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessage("the topic t doesn't exist, and can't be created: not allowed");
        assertThat(KafkaErrors.breaksProducer(refusal)).isFalse();
    }

    @Test
    void topic_thatThisUserMayNotSee_isTheTopicsError() {
        // Given
        refusal();

        // When
        kafka.described.get(0).completeExceptionally(new TopicAuthorizationException("not allowed to see"));

        // Then
        assertThat(KafkaErrors.ofTopic(refusal())).isInstanceOf(TopicAuthorizationException.class);
        assertThat(kafka.created).isEmpty();
    }

    @Test
    void kafkaThatIsAway_saysNothingOfTheTopic_andIsAskedAgainAfterASecond() {
        // Given
        refusal();

        // When
        kafka.described.get(0).completeExceptionally(new TimeoutException("no broker"));

        // Then
        assertThat(refusal()).hasNoCause();
        assertThat(refusal()).hasNoCause();
        assertThat(kafka.described).hasSize(1);

        // When
        clock.advance(Duration.ofSeconds(1));
        refusal();
        refusal();

        // Then
        assertThat(kafka.described).hasSize(2);
        kafka.described.get(1).complete(THERE);
        assertExists();
    }

    @Test
    void creation_thatCantBeDoneNow_saysNothingOfTheTopic() {
        // Given
        refusal();
        kafka.described.get(0).completeExceptionally(unknown);

        // When
        kafka.creations.get(0).completeExceptionally(new NotControllerException("an election"));

        // Then
        assertThat(refusal()).hasNoCause();
    }

    @Test
    void connection_thatCantBeOpened_isTriedAgain() {
        // Given
        connection = CompletableFuture.failedFuture(new UnknownHostException("kafka"));
        refusal();
        assertThat(refusal()).hasNoCause().hasMessageContaining("kafka");
        connection = CompletableFuture.completedFuture(kafka.admin);

        // When
        clock.advance(Duration.ofSeconds(1));
        refusal();
        refusal();

        // Then
        assertThat(opened).hasValue(2);
        kafka.described.get(0).complete(THERE);
        assertExists();
    }

    @Test
    void topic_thatWasDeleted_isAskedForAgain() {
        // Given
        refusal();
        kafka.described.get(0).complete(THERE);
        assertExists();
        creator.noteRefusal("t", new TimeoutException("no metadata"));
        assertExists();

        // When
        creator.noteRefusal("t", new TimeoutException("no metadata", unknown));

        // Then
        assertThat(refusal()).isNotNull();
        assertThat(kafka.described).hasSize(2);
    }

    @Test
    void tidy_letsTheConnectionGo_whenNothingWasAskedForAWhile() {
        // Given
        refusal();
        kafka.described.get(0).complete(THERE);
        clock.advance(Duration.ofSeconds(29));
        creator.tidy();
        assertThat(kafka.closes).isZero();

        // When
        clock.advance(Duration.ofSeconds(1));
        creator.tidy();
        creator.tidy();

        // Then
        assertThat(kafka.closes).isEqualTo(1);
        assertExists();
    }

    @Test
    void connection_thatIsOpenOnlyAfterClose_isClosed() {
        // Given
        final CompletableFuture<Admin> late = new CompletableFuture<>();
        connection = late;
        refusal();
        creator.close();

        // When
        late.complete(kafka.admin);

        // Then
        assertThat(kafka.closes).isEqualTo(1);
    }
}
