package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.kafka.HeldProducer;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.TopicLane;

import static io.kafkabridge.extension.delivery.DeliveryParts.values;
import static org.assertj.core.api.Assertions.assertThat;

/** Where records queue, and who may take them. */
class LanesTest {

    @TempDir
    Path data;

    private DeliveryParts parts;
    private Lanes lanes;
    private KafkaSender sender;

    @BeforeEach
    void make() {
        parts = new DeliveryParts(data);
        lanes = new Lanes();
        sender = new KafkaSender(new HeldProducer(), Runnable::run, () -> {}, parts.clock);
    }

    private PendingRecord record(final String topic, final String value) {
        return new PendingRecord(
                parts.record(value).record(),
                Persistence.OR_FAIL,
                new Outcome(),
                parts.origin,
                parts.owner,
                lanes.of(topic),
                parts.clock.getAsLong());
    }

    private void open(final String topic) {
        assertThat(lanes.next(lanes.of(topic), sender)).isNull();
    }

    @Test
    void queue_live_closesTheLaneOfThatTopicAlone() {
        // Given
        open("a");
        open("b");
        assertThat(lanes.areOpen()).isTrue();

        // When
        assertThat(lanes.queue(record("a", "1"))).isEqualTo(Lanes.Queued.IN_LANE);

        // Then
        assertThat(lanes.closed()).extracting(TopicLane::topic).containsExactly("a");
        assertThat(lanes.of("a").isOpenFor(sender)).isFalse();
        assertThat(lanes.of("b").isOpenFor(sender)).isTrue();
        assertThat(lanes.waiting()).isEqualTo(1);
    }

    @Test
    void next_givesRecordsInOrder_andOpensTheLaneAfterTheLast() {
        // Given
        lanes.queue(record("a", "1"));
        lanes.queue(record("a", "2"));

        // When
        final PendingRecord first = take("a");
        lanes.putBack(lanes.of("a"), first);

        // Then
        assertThat(values(List.of(first))).containsExactly("1");
        assertThat(values(List.of(take("a"), take("a")))).containsExactly("1", "2");
        assertThat(lanes.waiting()).isZero();
        open("a");
        assertThat(lanes.areOpen()).isTrue();
    }

    private PendingRecord take(final String topic) {
        return Objects.requireNonNull(lanes.next(lanes.of(topic), sender));
    }

    @Test
    void expectedTopics_areClosedUntilTheyAreLookedAt_evenWithoutRecords() {
        // When
        lanes.expect(Map.of("a", Optional.empty()));

        // Then
        assertThat(lanes.closed()).extracting(TopicLane::topic).containsExactly("a");
        assertThat(lanes.takeAll(lanes.of("a"))).isEmpty();
        assertThat(lanes.areOpen()).as("still expected").isFalse();
        open("a");
        assertThat(lanes.areOpen()).isTrue();

        // When others are expected instead
        lanes.expect(Map.of("b", Optional.empty()));

        // Then
        assertThat(lanes.closed()).extracting(TopicLane::topic).containsExactly("b");
        assertThat(lanes.expected()).containsExactly("b");
    }

    @Test
    void takeAll_ofATopicThatNobodyExpects_leavesNothingToLookAt() {
        // Given
        lanes.queue(record("a", "1"));
        lanes.queue(record("a", "2"));

        // When, Then
        assertThat(values(lanes.takeAll(lanes.of("a")))).containsExactly("1", "2");
        assertThat(lanes.areOpen()).isTrue();
        assertThat(lanes.waiting()).isZero();
    }

    @Test
    void hold_takesWhatWaited_andHoldsWhatComes() {
        // Given
        lanes.queue(record("a", "1"));
        lanes.queue(record("b", "2"));

        // When, Then
        assertThat(values(lanes.hold())).containsExactly("1", "2");
        assertThat(lanes.areOpen()).isTrue();
        assertThat(lanes.queue(record("a", "3"))).isEqualTo(Lanes.Queued.TOGETHER);
        assertThat(lanes.take()).as("for nobody").isEmpty();
        assertThat(lanes.waiting()).isEqualTo(1);

        // When
        lanes.goLive();

        // Then
        assertThat(values(lanes.takeAll(lanes.of("a")))).containsExactly("3");
    }

    @Test
    void spool_givesTheWriterWhatCameFirst_thenWhatWasHeld_thenWhatComes() {
        // Given
        final PendingRecord first = record("a", "1");
        lanes.hold();
        lanes.queue(record("b", "2"));

        // When
        lanes.spool(List.of(first));
        lanes.queue(record("a", "3"));

        // Then
        assertThat(values(lanes.take())).containsExactly("1", "2", "3");
        assertThat(lanes.isWriterIdle()).isFalse();
        lanes.written(true);
        assertThat(lanes.isWriterIdle()).isTrue();
        assertThat(lanes.take()).isEmpty();
        assertThat(lanes.isWriterIdle()).as("it took nothing").isTrue();
    }

    @Test
    void writer_thatMustTryAgain_isntIdle_andPutsItsRecordsInFront() {
        // Given
        lanes.spool(List.of(record("a", "1")));
        final List<PendingRecord> taken = lanes.take();
        lanes.queue(record("a", "2"));

        // When
        lanes.written(false);

        // Then
        assertThat(lanes.isWriterIdle()).isFalse();
        lanes.putInFront(taken);
        assertThat(values(lanes.take())).containsExactly("1", "2");
    }

    @Test
    void recordsThatCameBack_goInFrontOfThoseThatCameSince() {
        // Given
        open("a");
        lanes.queue(record("a", "3"));

        // When
        lanes.putBack(List.of(record("a", "1"), record("b", "x"), record("a", "2")));

        // Then
        assertThat(values(lanes.takeAll(lanes.of("a")))).containsExactly("1", "2", "3");
        assertThat(values(lanes.takeAll(lanes.of("b")))).containsExactly("x");
    }

    @Test
    void stop_takesNothingMore_butLeavesWhatIsThereToTheWriter() {
        // Given
        lanes.spool(List.of(record("a", "1")));

        // When
        lanes.stop();

        // Then
        assertThat(lanes.queue(record("a", "2"))).isEqualTo(Lanes.Queued.STOPPED);
        assertThat(lanes.isOver()).isFalse();
        assertThat(values(lanes.take())).containsExactly("1");
        lanes.written(true);
        assertThat(lanes.isOver()).isTrue();
    }

    @Test
    void await_returnsWhenThereIsWork_orNoneWillCome() throws InterruptedException {
        // Given
        lanes.spool(List.of(record("a", "1")));

        // When, Then
        lanes.await(false);
        assertThat(lanes.take()).hasSize(1);
        lanes.stop();
        lanes.await(false);
        assertThat(lanes.isOver()).isTrue();
    }

    @Test
    void look_costsByWhatWaits_notByWhatWasEverSeen() {
        // Given
        for (int i = 0; i < 100_000; i++) {
            open("topic" + i);
        }

        // When
        lanes.queue(record("topic7", "1"));

        // Then
        assertThat(lanes.closed()).hasSize(1);
        assertThat(values(lanes.hold())).containsExactly("1");
    }
}
