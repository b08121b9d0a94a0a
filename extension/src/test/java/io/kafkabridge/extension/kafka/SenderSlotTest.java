package io.kafkabridge.extension.kafka;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SenderSlotTest {

    private final FakeClock clock = new FakeClock();
    private final List<CompletableFuture<KafkaSender>> openings = new ArrayList<>();
    private final AtomicInteger wakes = new AtomicInteger();
    private final HeldProducer producer = new HeldProducer();
    private final KafkaSender sender = new KafkaSender(producer, Runnable::run, () -> {}, clock);
    private final SenderSlot slot = new SenderSlot(
            onFailure -> {
                openings.add(new CompletableFuture<>());
                return openings.get(openings.size() - 1);
            },
            wakes::incrementAndGet,
            clock);

    private void open() {
        slot.open();
        openings.get(openings.size() - 1).complete(sender);
        assertThat(slot.open()).isSameAs(sender);
    }

    @Test
    void open_thatNeverEnds_waitsForNobody_andOpensNoOther() {
        // When
        for (int i = 0; i < 3; i++) {
            assertThat(slot.open()).isNull();
            clock.advance(Duration.ofMinutes(1));
        }

        // Then
        assertThat(openings).hasSize(1);
        assertThat(slot.sender()).isNull();
        assertThat(slot.isConnected()).isFalse();
    }

    @Test
    void open_thatEnds_wakesTheDelivery() {
        // Given
        slot.open();
        assertThat(wakes).hasValue(0);

        // When
        openings.get(0).complete(sender);

        // Then
        assertThat(wakes).hasValue(1);
        assertThat(slot.open()).isSameAs(sender);
        producer.figures(1, 0, 0, 0);
        assertThat(slot.isConnected()).isTrue();
    }

    @Test
    void open_thatFails_tellsWhy_andIsTriedAgainAfterASecond() {
        // Given
        slot.open();

        // When
        openings.get(0).completeExceptionally(new UnknownHostException("kafka:9092"));

        // Then
        assertThat(slot.open()).isNull();
        assertThat(slot.cause()).isInstanceOf(UnknownHostException.class);
        assertThat(openings).hasSize(1);

        // When
        clock.advance(Duration.ofSeconds(1));
        open();

        // Then
        assertThat(openings).hasSize(2);
    }

    @Test
    void open_thatMeetsAnError_isTriedAgain() {
        // Given
        slot.open();
        openings.get(0).completeExceptionally(new NoClassDefFoundError("a jar is gone"));
        assertThat(slot.open()).isNull();
        assertThat(slot.cause()).hasRootCauseInstanceOf(NoClassDefFoundError.class);

        // When, Then
        clock.advance(Duration.ofSeconds(1));
        open();
    }

    @Test
    void producer_thatIsOpenOnlyAfterClose_isStopped() {
        // Given
        slot.open();
        slot.close();

        // When
        openings.get(0).complete(sender);

        // Then
        assertThat(producer.closed()).isTrue();
        assertThat(slot.sender()).isNull();
    }

    @Test
    void recall_waitsForCallbacks_butNoLongerThanAMoment() {
        // Given
        open();
        final NotedSubmission record = new NotedSubmission("t", "a");
        sender.send(record, 0);
        slot.stop();

        // When, Then
        assertThat(slot.recall()).isNull();
        assertThat(slot.open()).as("no other one before all is recalled").isNull();
        clock.advance(Duration.ofMillis(199));
        assertThat(slot.recall()).isNull();
        clock.advance(Duration.ofMillis(1));
        assertThat(slot.recall()).containsExactly(record);
        assertThat(slot.recall()).isEmpty();
    }

    @Test
    void recall_onceAllHaveCalledBack_comesAtOnce() {
        // Given
        open();
        final NotedSubmission arrived = new NotedSubmission("t", "1");
        final NotedSubmission aborted = new NotedSubmission("t", "2");
        sender.send(arrived, 0);
        sender.send(aborted, 0);
        slot.stop();

        // When
        producer.acknowledge(0);
        producer.refuse(1, new KafkaException("aborted"));

        // Then
        assertThat(slot.recall()).containsExactly(aborted);
        assertThat(arrived.calls).containsExactly("delivered");
        slot.open();
        assertThat(openings).as("the next one may open").hasSize(2);
    }

    @Test
    void pause_opensNoOneBefore() {
        // Given
        slot.pause(Duration.ofMillis(500));

        // When, Then
        slot.open();
        assertThat(openings).isEmpty();
        clock.advance(Duration.ofMillis(500));
        slot.open();
        assertThat(openings).hasSize(1);
    }

    @Test
    void drop_givesWhatWasUnderWay_andMakesRoomAtOnce() {
        // Given
        open();
        final NotedSubmission record = new NotedSubmission("t", "a");
        sender.send(record, 0);

        // When
        final List<Submission> back = slot.drop();

        // Then
        assertThat(producer.closed()).isTrue();
        assertThat(back).containsExactly(record);
        assertThat(slot.recall()).isEmpty();
        slot.open();
        assertThat(openings).hasSize(2);
    }

    @Test
    void cause_isTheOneThatExplains() {
        // Given
        slot.note(new TimeoutException("late"));
        assertThat(slot.cause()).hasMessage("late");

        // When
        slot.note(new AuthenticationException("wrong password"));
        slot.note(new TimeoutException("late again"));

        // Then
        assertThat(slot.cause()).hasMessage("wrong password");
        slot.clearCause();
        assertThat(slot.cause()).isNull();
    }
}
