package io.kafkabridge.extension.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of each record that was handed to a producer: exactly one takes it. */
class KafkaSenderTest {

    private final FakeClock clock = new FakeClock();
    private final HeldProducer producer = new HeldProducer();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<Runnable> closing = new ArrayList<>();
    private final KafkaSender sender = new KafkaSender(producer, closing::add, failures::incrementAndGet, clock);

    private NotedSubmission send(final String value) {
        final NotedSubmission record = new NotedSubmission("t", value);
        assertThat(sender.send(record, clock.getAsLong())).isNull();
        return record;
    }

    @Test
    void record_thatKafkaTakes_isDeliveredOnce_andNotRecalled() {
        // Given
        final NotedSubmission record = send("a");
        assertThat(sender.isQuiet()).isFalse();

        // When
        producer.acknowledge(0);

        // Then
        assertThat(record.calls).containsExactly("delivered");
        assertThat(sender.isQuiet()).isTrue();
        assertThat(sender.recall()).isEmpty();
        assertThat(sender.failure()).isNull();
    }

    @Test
    void record_thatKafkaNeverTakes_isRefused_andTheProducerGoesOn() {
        // Given
        final NotedSubmission record = send("a");

        // When
        producer.refuse(0, new RecordTooLargeException("1 MB at most"));

        // Then
        assertThat(record.calls).containsExactly("refused: 1 MB at most");
        assertThat(sender.failure()).isNull();
        assertThat(producer.closes).isZero();
        assertThat(sender.recall()).isEmpty();
    }

    @Test
    void recordThatComesBack_stopsTheProducerAtOnce_andTheFirstErrorCounts() {
        // Given
        final NotedSubmission first = send("1");
        final NotedSubmission second = send("2");
        final NotedSubmission third = send("3");

        // When
        producer.refuse(0, new OutOfOrderSequenceException("lost"));

        // Then it is closed on Kafka's own thread, before it can send the next request
        assertThat(producer.closes).isEqualTo(1);
        assertThat(failures).hasValue(1);

        // When
        producer.refuse(1, new KafkaException("aborted"));

        // Then
        assertThat(failures).hasValue(1);
        assertThat(sender.failure()).satisfies(failure -> {
            assertThat(failure.topic()).isEqualTo("t");
            assertThat(failure.kind()).isEqualTo(KafkaErrors.Kind.CLIENT);
        });
        assertThat(sender.send(new NotedSubmission("t", "4"), 0)).isInstanceOf(TimeoutException.class);
        assertThat(sender.recall()).containsExactlyInAnyOrder(first, second, third);
        assertThat(sender.recall()).as("each once").isEmpty();
        assertThat(List.of(first.calls, second.calls, third.calls)).allMatch(calls -> calls.isEmpty());
    }

    @Test
    void callbackAfterARecall_saysNothing() {
        // Given
        final NotedSubmission arrived = send("1");
        final NotedSubmission refused = send("2");
        final NotedSubmission lost = send("3");
        sender.stop();
        assertThat(sender.recall()).hasSize(3);

        // When
        producer.acknowledge(0);
        producer.refuse(1, new InvalidTimestampException("too old"));
        producer.refuse(2, new KafkaException("aborted"));

        // Then
        assertThat(List.of(arrived.calls, refused.calls, lost.calls)).allMatch(calls -> calls.isEmpty());
        assertThat(sender.recall()).isEmpty();
    }

    @Test
    void send_afterStop_isRefused_andClosingWaitsForNobody() {
        // When
        sender.stop();

        // Then
        assertThat(producer.closes).as("closed aside").isZero();
        final NotedSubmission late = new NotedSubmission("t", "late");
        assertThat(sender.send(late, 0)).isInstanceOf(TimeoutException.class);
        assertThat(producer.callbacks).isEmpty();
        assertThat(sender.recall()).isEmpty();

        // When
        closing.forEach(Runnable::run);

        // Then
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void send_thatTheProducerRefuses_tellsWhy_andTheRecordMayGoToAnother() {
        // Given
        producer.onSend = callback -> {
            throw new IllegalStateException("closed");
        };
        final NotedSubmission record = new NotedSubmission("t", "a");

        // When, Then
        assertThat(sender.send(record, 0)).hasMessage("closed");
        assertThat(sender.isQuiet()).isTrue();

        // When a real one refuses, it calls back before it returns
        producer.onSend = callback -> callback.onCompletion(null, new TimeoutException("no metadata"));

        // Then
        assertThat(sender.send(record, 0)).hasMessage("no metadata");
        assertThat(record.calls).isEmpty();
        assertThat(sender.failure()).isNull();

        // When
        producer.onSend = null;

        // Then
        assertThat(sender.send(record, 0)).isNull();
        producer.acknowledge(0);
        assertThat(record.calls).containsExactly("delivered");
    }

    @Test
    void send_thatIsRecalledMeanwhile_andThenRefused_isTheRecallsAlone() {
        // Given
        final List<Submission> recalled = new ArrayList<>();
        producer.onSend = callback -> {
            recalled.addAll(sender.recall());
            throw new IllegalStateException("closed");
        };
        final NotedSubmission record = new NotedSubmission("t", "a");

        // When, Then
        assertThat(sender.send(record, 0)).as("not the caller's any more").isNull();
        assertThat(recalled).containsExactly(record);
    }

    @Test
    void send_thatMeetsAnError_failsTheProducer_andTheRecordIsRecalled() {
        // Given
        producer.onSend = callback -> {
            throw new NoClassDefFoundError("a jar is gone");
        };
        final NotedSubmission record = new NotedSubmission("t", "a");

        // When nobody knows whether the producer has it
        final Exception refusal = sender.send(record, 0);

        // Then
        assertThat(refusal).isNull();
        assertThat(failures).hasValue(1);
        assertThat(sender.failure()).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(KafkaErrors.Kind.CLUSTER);
            assertThat(failure.error()).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        });
        assertThat(sender.recall()).containsExactly(record);
    }

    @Test
    void fail_isToldOnce_withoutATopic() {
        // When
        sender.fail(new IllegalStateException("first"));
        sender.fail(new IllegalStateException("second"));

        // Then
        assertThat(failures).hasValue(1);
        assertThat(sender.failure()).satisfies(failure -> {
            assertThat(failure.error()).hasMessage("first");
            assertThat(failure.topic()).isEmpty();
        });
        assertThat(sender.send(new NotedSubmission("t", "a"), 0)).isNotNull();
    }

    @Test
    void registry_afterAMillionRecords_namesFew() {
        // Given
        producer.onSend = callback -> callback.onCompletion(null, null);

        // When
        for (int i = 0; i < 1_000_000; i++) {
            sender.send(new NotedSubmission("t", ""), i);
        }

        // Then
        assertThat(sender.registered()).isLessThan(10);
    }

    @Test
    void registry_behindARecordThatTookLong_shrinksAgain() {
        // Given
        final NotedSubmission slow = send("slow");
        producer.onSend = callback -> callback.onCompletion(null, null);
        for (int i = 0; i < 1_000; i++) {
            sender.send(new NotedSubmission("t", ""), i);
        }
        assertThat(sender.registered()).isGreaterThan(1_000);

        // When
        producer.acknowledge(0);
        for (int i = 0; i < 1_000; i++) {
            sender.send(new NotedSubmission("t", ""), i);
        }

        // Then
        assertThat(slow.calls).containsExactly("delivered");
        assertThat(sender.registered()).isLessThan(10);
    }

    @Test
    void isStalled_onlyWhileItHoldsRecordsAndSendsNone() {
        // Given
        final long limit = Duration.ofSeconds(3).toNanos();
        producer.figures(1, 100, 100, 0);
        clock.advance(Duration.ofSeconds(10));
        assertThat(sender.isStalled(limit)).as("it holds none").isFalse();

        // When
        producer.figures(1, 100, 90, 0);
        clock.advance(Duration.ofSeconds(2));

        // Then
        assertThat(sender.isStalled(limit)).as("not for long enough").isFalse();

        // When
        producer.figures(1, 100, 90, 1);
        assertThat(sender.isStalled(limit)).as("it sends").isFalse();
        clock.advance(Duration.ofSeconds(3));

        // Then
        assertThat(sender.isStalled(limit)).isTrue();
    }

    @Test
    void isReached_onceABrokerWasSeen() {
        // Given
        assertThat(sender.isReached()).isFalse();
        producer.figures(1, 0, 0, 0);
        assertThat(sender.isConnected()).isTrue();

        // When
        producer.figures(0, 0, 0, 0);

        // Then
        assertThat(sender.isConnected()).isFalse();
        assertThat(sender.isReached()).isTrue();
    }

    @Test
    void send_whileOthersStopAndRecall_hasExactlyOneOwnerOfEachRecord() throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 1_000; round++) {
                final HeldProducer held = new HeldProducer();
                final KafkaSender racing = new KafkaSender(held, Runnable::run, () -> {}, clock);
                final List<NotedSubmission> records = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    records.add(new NotedSubmission("t", ""));
                }

                // When
                final Future<List<Submission>> refused = threads.submit(() -> {
                    final List<Submission> all = new ArrayList<>();
                    for (final NotedSubmission record : records) {
                        if (racing.send(record, 0) != null) {
                            all.add(record);
                        }
                    }
                    return all;
                });
                final Future<Set<Submission>> recalled = threads.submit(() -> {
                    racing.stop();
                    return Set.copyOf(racing.recall());
                });

                // Then
                final List<Submission> owned = new ArrayList<>(refused.get());
                owned.addAll(recalled.get());
                assertThat(owned).containsExactlyInAnyOrderElementsOf(records);
            }
        } finally {
            threads.shutdown();
        }
    }
}
