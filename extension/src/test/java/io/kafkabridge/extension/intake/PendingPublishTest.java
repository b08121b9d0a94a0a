package io.kafkabridge.extension.intake;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.client.ClientContext;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.intake.FakeConnection.Call;
import io.kafkabridge.extension.intake.PendingPublish.Held;
import io.kafkabridge.extension.intake.PendingPublish.Outcome;
import io.kafkabridge.extension.record.MqttClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every order of outcomes, of the acknowledgement that is held, and of letting it go. */
class PendingPublishTest extends IntakeFixture {

    private final Exception cause = new IllegalStateException("nowhere");

    private final ConnectionIntake connection = connection();
    private final Queue<String> resumed = new ConcurrentLinkedQueue<>();

    private ConnectionIntake connection() {
        return new ConnectionIntake(
                new MqttClient("client", null), false, FakeConnection.fake(ClientContext.class, Map.of()), intake);
    }

    private Held held(final ConnectionIntake of, final String name) {
        final Async<?> acknowledgement =
                FakeConnection.fake(Async.class, Map.of("resume", (Call) none -> resumed.add(name)));
        return new Held(of, acknowledgement, 0);
    }

    private PendingPublish qos1(final int records) {
        return new PendingPublish(connection, records, null, null);
    }

    @Test
    void safeThenHold_resumesAtOnce() {
        final PendingPublish publish = qos1(1);
        publish.safe();
        publish.hold(held(connection, "a"));
        assertThat(resumed).containsExactly("a");
        assertThat(publish.outcome()).isEqualTo(Outcome.SAFE);
        assertThat(publish.held()).isNull();
    }

    @Test
    void holdThenSafe_resumes() {
        final PendingPublish publish = qos1(3);
        final Held held = held(connection, "a");
        publish.hold(held);
        publish.safe();
        publish.safe();
        assertThat(resumed).isEmpty();
        assertThat(publish.held()).isSameAs(held);
        publish.safe();
        assertThat(resumed).containsExactly("a");
        assertThat(publish.letGo(held)).isFalse();
    }

    @Test
    void failedThenHold_resumesOnceTheConnectionIsClosed() {
        hivemq.closesSlowly = true;
        final PendingPublish publish = qos1(2);
        assertThat(publish.failed(cause)).isTrue();
        publish.hold(held(connection, "a"));
        publish.safe();
        publish.safe();
        assertThat(resumed).isEmpty();
        assertThat(publish.outcome()).isEqualTo(Outcome.FAILED);
        hivemq.closeConnections();
        assertThat(resumed).containsExactly("a");
    }

    @Test
    void holdThenFailed_resumesOnceTheConnectionIsClosed() {
        hivemq.closesSlowly = true;
        final PendingPublish publish = qos1(2);
        publish.hold(held(connection, "a"));
        publish.safe();
        assertThat(publish.failed(cause)).isTrue();
        assertThat(publish.failed(cause)).isFalse();
        assertThat(resumed).isEmpty();
        hivemq.closeConnections();
        assertThat(resumed).containsExactly("a");
    }

    @Test
    void failed_whileAnotherConnectionWaits_endsThatOne() {
        final ConnectionIntake next = connection();
        final PendingPublish publish = new PendingPublish(connection, 1, delivery, () -> {});
        publish.hold(held(next, "a"));
        publish.failed(cause);
        assertThat(next.hasFailed()).isTrue();
        assertThat(connection.hasFailed()).isTrue();
        assertThat(resumed).containsExactly("a");
    }

    @Test
    void letGo_leavesThePublishOnItsWay() {
        final PendingPublish publish = qos1(1);
        final Held held = held(connection, "a");
        publish.hold(held);
        assertThat(publish.letGo(held)).isTrue();
        assertThat(publish.letGo(held)).isFalse();
        assertThat(publish.outcome()).isNull();
        publish.hold(held(connection, "b"));
        publish.safe();
        assertThat(resumed).containsExactly("b");
    }

    @Test
    void secondHold_isAMistake() {
        final PendingPublish publish = qos1(1);
        publish.hold(held(connection, "a"));
        assertThatThrownBy(() -> publish.hold(held(connection, "b"))).isInstanceOf(IllegalStateException.class);
        publish.safe();
        assertThat(resumed).containsExactly("a");
    }

    @Test
    void isWanted_endsWithTheConnection_exceptForQos2() {
        final PendingPublish qos2 = new PendingPublish(connection, 1, delivery, () -> {});
        assertThat(qos1(1).isWanted()).isTrue();
        connection.fail(cause);
        assertThat(qos1(1).isWanted()).isFalse();
        assertThat(qos2.isWanted()).isTrue();
    }

    @Test
    void outcomes_neverThrow_whateverBreaksBehindThem() {
        // Given
        final Async<?> broken = FakeConnection.fake(Async.class, Map.of("resume", (Call) none -> {
            throw new IllegalStateException("a bug");
        }));
        final PendingPublish safe = qos1(1);
        safe.hold(new Held(connection, broken, 0));
        final PendingPublish settling = new PendingPublish(connection, 1, delivery, () -> {
            throw new AssertionError("another bug");
        });
        final PendingPublish failing = qos1(1);
        failing.hold(new Held(connection, broken, 0));

        // When, Then
        assertThatCode(safe::safe).doesNotThrowAnyException();
        assertThatCode(settling::safe).doesNotThrowAnyException();
        hivemq.disconnectError = new IllegalStateException("a third");
        assertThatCode(() -> failing.failed(cause)).doesNotThrowAnyException();
        hivemq.disconnectError = null;
        assertThatCode(() -> timer.advance(PATIENCE)).doesNotThrowAnyException();
    }

    /** Two threads meet at every publish: the outcome comes while the acknowledgement is being held. */
    @Test
    void outcomeAndHold_atTheSameTime_resumeOnce() throws Exception {
        final int rounds = 20_000;
        final PendingPublish[] publishes = new PendingPublish[rounds];
        final Held[] acknowledgements = new Held[rounds];
        for (int i = 0; i < rounds; i++) {
            publishes[i] = new PendingPublish(connection, 1 + i % 2, null, null);
            acknowledgements[i] = held(connection, Integer.toString(i));
        }
        final CyclicBarrier start = new CyclicBarrier(3);
        final ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            final Future<?> holds = threads.submit(() -> {
                start.await();
                for (int i = 0; i < rounds; i++) {
                    publishes[i].hold(acknowledgements[i]);
                }
                return null;
            });
            final Future<?> outcomes = threads.submit(() -> {
                start.await();
                for (int i = 0; i < rounds; i++) {
                    publishes[i].safe();
                }
                return null;
            });
            final Future<?> others = threads.submit(() -> {
                start.await();
                for (int i = 1; i < rounds; i += 2) {
                    publishes[i].safe();
                }
                return null;
            });
            holds.get(1, TimeUnit.MINUTES);
            outcomes.get(1, TimeUnit.MINUTES);
            others.get(1, TimeUnit.MINUTES);
        } finally {
            threads.shutdownNow();
        }
        assertThat(resumed).hasSize(rounds).doesNotHaveDuplicates();
    }
}
