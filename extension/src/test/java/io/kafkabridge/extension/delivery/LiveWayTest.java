package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.kafka.KafkaErrors;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.NotedSubmission;

import static io.kafkabridge.extension.delivery.DeliveryParts.values;
import static org.assertj.core.api.Assertions.assertThat;

/** The way straight into a producer, step by step. */
class LiveWayTest {

    private final TimeoutException missing =
            new TimeoutException("no metadata", new UnknownTopicOrPartitionException("no such topic"));

    @TempDir
    Path data;

    private DeliveryParts parts;
    private LiveWay live;

    @BeforeEach
    void make() {
        parts = new DeliveryParts(data);
        live = parts.live;
        live.goLive();
        parts.lanes.expect(Map.of("t", Optional.empty()));
    }

    @Test
    void step_opensAProducer_andTheLanesOfExpectedTopics() {
        // When, Then
        assertThat(live.step()).isNull();
        assertThat(live.isIdle()).isTrue();
        assertThat(live.isReached()).as("no broker has answered").isFalse();
        parts.producer().figures(1, 0, 0, 0);
        assertThat(live.step()).isNull();
        assertThat(live.isReached()).isTrue();
        assertThat(live.isConnected()).isTrue();
    }

    @Test
    void producerThatIsOfNoUse_isTold() {
        // Given
        live.step();
        parts.lanes.queue(parts.record("1"));
        parts.producer().partitionsForException = new AuthenticationException("wrong password");

        // When, Then
        assertThat(live.step()).satisfies(failure -> {
            assertThat(failure.error()).hasMessage("wrong password");
            assertThat(failure.kind()).isEqualTo(KafkaErrors.Kind.CLUSTER);
        });
        assertThat(live.cause()).hasMessage("wrong password");
    }

    @Test
    void recordOfATopicThatKafkaCallsMissing_isntLate_whileABrokerIsConnected() {
        // Given
        live.step();
        parts.producer().figures(1, 0, 0, 0);
        parts.lanes.queue(parts.record("1"));
        parts.producer().partitionsForException = missing;
        live.step();

        // When
        parts.clock.advance(DeliveryFixture.CLUSTER.deliveryTimeout().minusMillis(1));
        assertThat(live.step()).isNull();
        parts.producer().figures(0, 0, 0, 0);
        parts.clock.advance(Duration.ofMillis(1));
        parts.producer().partitionsForException = new TimeoutException("no metadata");

        // Then
        assertThat(live.step()).as("now it is Kafka that is away").isNotNull();
    }

    @Test
    void overload_isTold_once() {
        // Given
        live.step();
        live.overload(new IllegalStateException("first"));
        live.overload(new IllegalStateException("second"));
        assertThat(live.isIdle()).isFalse();

        // When, Then
        assertThat(live.step()).satisfies(failure -> assertThat(failure.error()).hasMessage("first"));
        assertThat(live.step()).isNull();
        live.overload(new IllegalStateException("third"));
        live.goLive();
        assertThat(live.step()).as("it begins anew").isNull();
    }

    @Test
    void recall_sortsByArrival_andGivesCopiesOfRejectedRecordsBackToTheirOwner() {
        // Given
        live.step();
        final PendingRecord first = parts.record("1");
        parts.clock.advance(Duration.ofMillis(1));
        final PendingRecord second = parts.record("2");
        final NotedSubmission copy = new NotedSubmission("dead", "copy");
        final KafkaSender sender = Objects.requireNonNull(live.sender());
        sender.send(second, 0);
        sender.send(copy, 0);
        sender.send(first, 0);
        live.stop();
        assertThat(live.recall()).isNull();
        for (int i = 0; i < 3; i++) {
            parts.producer().refuse(i, new KafkaException("aborted"));
        }

        // When
        final List<PendingRecord> back = Objects.requireNonNull(live.recall());

        // Then
        assertThat(values(back)).containsExactly("1", "2");
        assertThat(back).doesNotContain(first, second);
        assertThat(copy.calls).containsExactly("failed: the producer was replaced");
    }

    @Test
    void isReady_onceTheProducerKnowsEveryTopic_andAProducerOfNoUseIsDropped() {
        // Given
        assertThat(live.isReady()).isTrue();
        parts.producer().partitionsForException = new TimeoutException("no metadata");
        assertThat(live.isReady()).isFalse();
        parts.producer().partitionsForException = missing;
        assertThat(live.isReady()).as("it waits for no topic that isn't there").isTrue();

        // When
        parts.producer().partitionsForException = new AuthenticationException("wrong password");

        // Then
        assertThat(live.isReady()).isFalse();
        assertThat(parts.producer().closed()).isTrue();
        assertThat(live.isReady()).as("a second's pause").isFalse();
        parts.clock.advance(Duration.ofSeconds(1));
        assertThat(live.isReady()).isTrue();
        assertThat(parts.producers).hasSize(2);
    }

    @Test
    void finish_waitsForWhatIsUnderWay() {
        // Given
        live.step();
        parts.send("1");
        assertThat(live.finish()).isFalse();

        // When
        parts.producer().acknowledge(0);

        // Then
        assertThat(live.finish()).isTrue();
    }

    @Test
    void close_stopsAProducerThatIsStillBeingOpened() {
        // Given
        parts.holdsClients = true;
        live.step();
        live.close();

        // When
        parts.runAside();

        // Then
        assertThat(parts.producer().closed()).isTrue();
    }
}
