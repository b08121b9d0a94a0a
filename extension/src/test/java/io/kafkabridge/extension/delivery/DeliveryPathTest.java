package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.extension.delivery.DeliveryPath.State;
import io.kafkabridge.extension.kafka.HeldProducer;

import static io.kafkabridge.extension.delivery.DeliveryParts.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The state machine of a delivery, step by step. */
class DeliveryPathTest {

    private static final Map<State, Set<State>> LEGAL = new EnumMap<>(Map.of(
            State.OPENING, Set.of(State.LIVE, State.SPOOLING, State.STOPPING),
            State.LIVE, Set.of(State.RECALLING, State.STOPPING),
            State.RECALLING, Set.of(State.LIVE, State.SPOOLING, State.STOPPING),
            State.SPOOLING, Set.of(State.HANDOVER, State.STOPPING),
            State.HANDOVER, Set.of(State.LIVE, State.SPOOLING, State.STOPPING),
            State.STOPPING, Set.of(State.CLOSING),
            State.CLOSING, Set.of(State.STOPPED),
            State.STOPPED, Set.of()));

    /** A way from the first state to each. */
    private static final Map<State, List<State>> WAYS = new EnumMap<>(Map.of(
            State.OPENING, List.of(),
            State.LIVE, List.of(State.LIVE),
            State.RECALLING, List.of(State.LIVE, State.RECALLING),
            State.SPOOLING, List.of(State.SPOOLING),
            State.HANDOVER, List.of(State.SPOOLING, State.HANDOVER),
            State.STOPPING, List.of(State.STOPPING),
            State.CLOSING, List.of(State.STOPPING, State.CLOSING),
            State.STOPPED, List.of(State.STOPPING, State.CLOSING, State.STOPPED)));

    @TempDir
    Path data;

    private DeliveryParts parts;
    private DeliveryPath path;

    @BeforeEach
    void make() {
        parts = new DeliveryParts(data);
        path = parts.path;
        parts.lanes.expect(Map.of("t", Optional.empty()));
    }

    private void goLive() {
        path.step();
        path.step();
        assertThat(path.state()).isEqualTo(State.LIVE);
        assertThat(parts.lanes.areOpen()).isTrue();
    }

    /** Kafka is away, and the spool holds that record. */
    private HeldProducer spool(final String value) {
        goLive();
        final Outcome outcome = parts.send(value);
        parts.producer().refuse(0, new TimeoutException("too late"));
        path.step();
        assertThat(path.state()).isEqualTo(State.SPOOLING);
        parts.write();
        assertThat(outcome.calls).containsExactly("safe");
        parts.clock.advance(Duration.ofSeconds(1));
        path.step();
        return parts.producer();
    }

    private void handOver() {
        spool("1").acknowledge(0);
        path.step();
        assertThat(path.state()).isEqualTo(State.HANDOVER);
    }

    static Stream<Arguments> allSteps() {
        return Stream.of(State.values())
                .flatMap(from -> Stream.of(State.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("allSteps")
    void step_isTakenWhereItIsLegal_andElseRefused(final State from, final State to) {
        // Given
        Objects.requireNonNull(WAYS.get(from)).forEach(state -> path.become(state, List.of()));
        assertThat(path.state()).isEqualTo(from);

        // When, Then
        if (Objects.requireNonNull(LEGAL.get(from)).contains(to)) {
            assertThatCode(() -> path.become(to, List.of())).doesNotThrowAnyException();
            assertThat(path.state()).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> path.become(to, List.of())).hasMessage("From " + from + " to " + to);
            assertThat(path.state()).as("nothing has changed").isEqualTo(from);
        }
    }

    @Test
    void opening_holdsWhatComes_andSendsItOnceLive() {
        // Given
        final Outcome early = parts.send("early");
        assertThat(path.sender()).isNull();

        // When
        goLive();

        // Then
        assertThat(held(parts.producer())).containsExactly("early");
        parts.producer().acknowledge(0);
        assertThat(early.calls).containsExactly("safe");
        assertThat(path.step()).as("nothing is left but to wait").isTrue();
    }

    @Test
    void opening_whileTheSpoolCantBeRead_failsWhatComes_andTriesAgainAfterASecond() {
        // Given
        parts.spoolRefusal = new IOException("the disk is gone");
        final Outcome waits = parts.send("a");
        final Outcome kept = new Outcome();
        parts.lanes.queue(parts.record("t", "b", Persistence.UNTIL_SAFE, kept));

        // When
        path.step();

        // Then
        assertThat(waits.calls).containsExactly("failed: the disk is gone");
        assertThat(kept.calls).isEmpty();
        assertThat(path.state()).isEqualTo(State.OPENING);

        // When
        parts.spoolRefusal = null;
        path.step();
        assertThat(path.state()).as("a moment ago").isEqualTo(State.OPENING);
        parts.clock.advance(Duration.ofSeconds(1));
        goLive();

        // Then
        assertThat(held(parts.producer())).containsExactly("b");
    }

    @Test
    void opening_withRecordsOfAnEarlierRun_spoolsFirst() {
        // Given
        spool("left");
        path.stop();
        while (path.state() != State.STOPPED) {
            parts.clock.advance(Duration.ofSeconds(1));
            path.step();
            parts.write();
        }

        // When
        make();
        parts.send("new");
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.SPOOLING);
        parts.write();
        path.step();
        assertThat(held(parts.producer())).containsExactly("left", "new");
        assertThat(path.sender()).isNotNull();
    }

    @Test
    void neighbourOfABadRecord_goesAgain_inOrder_andIsNoOutage() {
        // Given
        goLive();
        parts.send("1");
        parts.send("2");
        parts.send("3");
        final HeldProducer first = parts.producer();

        // When
        first.refuse(1, new KafkaException("its batch mate was bad"));
        final Outcome since = parts.send("4");
        path.step();
        assertThat(path.state()).as("others are still to call back").isEqualTo(State.RECALLING);
        first.acknowledge(0);
        first.refuse(2, new KafkaException("aborted"));
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.LIVE);
        assertThat(parts.producer()).isNotSameAs(first);
        assertThat(held(parts.producer())).containsExactly("2", "3", "4");
        assertThat(since.calls).isEmpty();
        assertThat(parts.room.records()).isZero();
    }

    @Test
    void callbackThatNeverComes_holdsUpARecallForAMomentOnly() {
        // Given
        goLive();
        parts.send("1");
        parts.send("2");
        parts.producer().refuse(0, new KafkaException("its batch mate was bad"));
        path.step();
        assertThat(path.state()).isEqualTo(State.RECALLING);

        // When
        parts.clock.advance(Duration.ofMillis(200));
        path.step();

        // Then
        assertThat(held(parts.producer())).containsExactly("1", "2");
    }

    @Test
    void recordThatIsLate_goesToTheSpool_withAllBehindItInOrder() {
        // Given
        goLive();
        final Outcome first = parts.send("1");
        final Outcome second = parts.send("2");

        // When
        parts.producer().refuse(0, new TimeoutException("too late"));
        final Outcome third = parts.send("3");
        parts.producer().refuse(1, new KafkaException("aborted"));
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.SPOOLING);
        parts.write();
        assertThat(List.of(first.calls, second.calls, third.calls)).allMatch(calls -> calls.contains("safe"));
        path.step();
        assertThat(held(parts.producer())).containsExactly("1", "2", "3");
    }

    @Test
    void recordThatWaitsInItsLaneForTooLong_goesToTheSpool() {
        // Given
        parts.holdsClients = true;
        path.step();
        parts.send("1");

        // When
        parts.clock.advance(DeliveryFixture.CLUSTER.deliveryTimeout());
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.SPOOLING);
        parts.write();
        assertThat(parts.room.records()).isEqualTo(1);
    }

    @Test
    void moreThanMemoryHolds_goesToTheSpool() {
        // Given
        goLive();
        final Outcome underWay = parts.send("1");

        // When
        parts.live.overload(new IllegalStateException("too much"));
        assertThat(path.step()).isFalse();
        parts.clock.advance(Duration.ofMillis(200));
        path.step();
        parts.write();

        // Then
        assertThat(path.state()).isEqualTo(State.SPOOLING);
        assertThat(underWay.calls).containsExactly("safe");
    }

    @Test
    void producerThatABrokerForgot_isReplacedOnce_andWhenThatIsOfNoUseTheSpoolTakesOver() {
        // Given
        goLive();
        parts.send("1");

        // When
        parts.producer().refuse(0, new OutOfOrderSequenceException("lost"));
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.LIVE);
        assertThat(held(parts.producer())).containsExactly("1");

        // When
        parts.producer().refuse(0, new OutOfOrderSequenceException("lost again"));
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.SPOOLING);
    }

    @Test
    void topicThatIsGone_waitsInItsLane_andIsNoOutage() {
        // Given
        goLive();
        parts.send("1");

        // When
        parts.producer().refuse(0, new UnknownTopicOrPartitionException("deleted"));
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.LIVE);
        assertThat(held(parts.producer())).as("it goes again").containsExactly("1");
        assertThat(parts.room.records()).isZero();
    }

    @Test
    void handover_onceKafkaHasTheSpool_goesLive_withWhatWasHeldInOrder() {
        // Given
        final HeldProducer drain = spool("1");
        parts.send("2");
        parts.write();
        path.step();
        assertThat(held(drain)).containsExactly("1", "2");
        drain.acknowledge(0);

        // When Kafka takes records, and has been sent the last one
        path.step();
        path.step();
        assertThat(path.state()).isEqualTo(State.HANDOVER);
        parts.send("3");
        assertThat(path.sender()).isNotNull();
        path.step();
        assertThat(path.state()).as("it doesn't have it yet").isEqualTo(State.HANDOVER);
        drain.acknowledge(1);
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.LIVE);
        assertThat(held(parts.producer())).containsExactly("3");
        assertThat(drain.closed()).isTrue();
        assertThat(parts.room.records()).isZero();
    }

    @Test
    void handover_thatTakesTooLong_letsTheSpoolGoOn() {
        // Given
        final HeldProducer drain = spool("1");
        parts.send("2");
        parts.write();
        path.step();
        drain.acknowledge(0);
        path.step();
        path.step();
        assertThat(path.state()).isEqualTo(State.HANDOVER);
        final Outcome held = parts.send("3");

        // When
        parts.clock.advance(Duration.ofSeconds(1));
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.SPOOLING);
        parts.write();
        assertThat(held.calls).containsExactly("safe");
        path.step();
        assertThat(held(drain)).containsExactly("1", "2", "3");
    }

    @Test
    void drain_whoseProducerFails_sendsAgainWhatItHad_andStaysSpooling() {
        // Given
        final HeldProducer drain = spool("1");

        // When
        drain.refuse(0, new TimeoutException("too late"));
        path.step();
        assertThat(path.state()).isEqualTo(State.SPOOLING);
        parts.clock.advance(Duration.ofMillis(500));
        path.step();

        // Then
        assertThat(parts.producer()).isNotSameAs(drain);
        assertThat(held(parts.producer())).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource
    void stop_endsFromEveryState_andWhatIsLeftIsSafeOrStillThere(final State from) {
        // Given
        switch (from) {
            case OPENING -> {}
            case LIVE -> goLive();
            case RECALLING -> {
                goLive();
                parts.send("1");
                parts.send("2");
                parts.producer().refuse(0, new KafkaException("aborted"));
                path.step();
            }
            case SPOOLING -> spool("1");
            case HANDOVER -> handOver();
            case STOPPING -> {
                goLive();
                path.stop();
            }
            case CLOSING -> {
                goLive();
                path.stop();
                path.step();
            }
            case STOPPED -> {
                goLive();
                path.stop();
                path.step();
                parts.write();
                path.step();
            }
        }
        assertThat(path.state()).isEqualTo(from);
        final Outcome last = parts.send("last");

        // When
        for (int i = 0; i < 10 && !path.hasStopped(); i++) {
            path.stop();
            path.step();
            if (parts.room.isOpen()) {
                parts.write();
            }
            parts.clock.advance(Duration.ofMillis(300));
        }

        // Then
        assertThat(path.hasStopped()).isTrue();
        assertThat(path.sender()).isNull();
        assertThat(parts.producers).allMatch(HeldProducer::closed);
        final boolean isThere = DeliveryParts.values(parts.lanes.takeHeld()).contains("last");
        final boolean isRefused = from == State.CLOSING || from == State.STOPPED;
        assertThat(isRefused || isThere || last.calls.contains("safe")).isTrue();
        path.step();
        assertThat(path.hasStopped()).as("that is the end").isTrue();
    }

    @Test
    void stop_givesKafkaTheShutdownTimeout_andThenTheSpool() {
        // Given
        goLive();
        final Outcome slow = parts.send("slow");
        path.stop();
        path.step();
        assertThat(path.state()).isEqualTo(State.STOPPING);
        assertThat(path.sender()).isNotNull();

        // When
        parts.clock.advance(DeliveryFixture.CLUSTER.shutdownTimeout());
        path.step();
        parts.clock.advance(Duration.ofMillis(200));
        path.step();

        // Then
        assertThat(path.state()).isEqualTo(State.CLOSING);
        parts.write();
        assertThat(slow.calls).containsExactly("safe");
        path.step();
        assertThat(path.hasStopped()).isTrue();
    }
}
