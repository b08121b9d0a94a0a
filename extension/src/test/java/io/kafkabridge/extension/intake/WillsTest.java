package io.kafkabridge.extension.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import com.hivemq.extension.sdk.api.services.session.SessionInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What depends on the order of events by milliseconds, or on a configuration of HiveMQ's. The rules themselves are tested on a
 * real HiveMQ.
 */
class WillsTest {

    private static final long LONG = 1000;
    private static final boolean CLEAN = true;
    private static final boolean CONTINUING = false;

    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    /** What HiveMQ knows of the client. */
    private volatile CompletableFuture<Optional<SessionInformation>> session = session(true, LONG);

    private final Wills wills =
            new Wills(will -> sent.add(new String(will.payload(), StandardCharsets.UTF_8)), timer, clientId -> session);

    @BeforeEach
    void keepNoCancelledTimers() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void newConnectionThatIsLostBeforeItTakesOver_cancelsNothing() {
        // Given
        final FakeConnection first = connect(CLEAN, "first", 1);

        // When
        new FakeConnection(wills, CONTINUING, "second", 1, LONG).authenticated().lost();
        session = session(false, LONG);
        first.lost();

        // Then
        await().untilAsserted(() -> assertThat(sent).containsExactly("first"));
    }

    @Test
    void endThatIsToldAfterTheNextConnectionIsIn_countsAsATakeover() {
        // Given
        final FakeConnection first = connect(CLEAN, "first", LONG);
        final FakeConnection second = connect(CLEAN, "second", LONG);

        // When
        first.lost();

        // Then
        assertThat(sent).containsExactly("first");

        // And the second has a will of its own
        second.lost();
        connect(CLEAN, "third", LONG);
        assertThat(sent).containsExactly("first", "second");
    }

    @Test
    void sessionThatHivemqLimitsToNothing_delaysNoWill() {
        // Given
        session = session(true, 0);
        final FakeConnection first = connect(CLEAN, "first", LONG);
        await().until(() -> timer.getCompletedTaskCount() == 1);

        // When taken over, which would cancel a delayed will
        new FakeConnection(wills, CONTINUING, "second", LONG, LONG).authenticated();
        first.lost();

        // Then
        assertThat(sent).containsExactly("first");
    }

    @Test
    void sessionThatEndsWithTheConnection_isNoticedHoweverLateHivemqPutsThatDown() {
        // Given
        connect(CLEAN, "first", LONG).lost();
        await().until(() -> timer.getCompletedTaskCount() > 3);
        assertThat(sent).isEmpty();

        // When
        session = CompletableFuture.completedFuture(Optional.empty());

        // Then
        await().untilAsserted(() -> assertThat(sent).containsExactly("first"));
    }

    @Test
    void sessionThatCantBeAskedFor_livesAsTheConnectSays() {
        // Given
        session = CompletableFuture.failedFuture(new IllegalStateException("rate limit"));

        // When
        new FakeConnection(wills, CLEAN, "first", LONG, 1)
                .authenticated()
                .accepted()
                .lost();

        // Then
        await().atLeast(Duration.ofMillis(900))
                .untilAsserted(() -> assertThat(sent).containsExactly("first"));
    }

    @Test
    void clientThatComesBack_leavesNoTimerBehind() {
        // Given
        final FakeConnection first = connect(CLEAN, "first", LONG);
        session = session(false, LONG);
        first.lost();
        await().until(() -> timer.getQueue().size() == 1);

        // When
        new FakeConnection(wills, CONTINUING, "second", 0, LONG)
                .authenticated()
                .accepted()
                .authenticated()
                .lost();

        // Then
        await().until(() -> timer.getQueue().isEmpty());
        assertThat(sent).containsExactly("second");
    }

    @Test
    void connectionThatIsntAccepted_hasNoWill() {
        // When
        new FakeConnection(wills, CLEAN, "first", 0, 0).authenticated().lost();

        // Then
        assertThat(sent).isEmpty();
    }

    @Test
    void userName_isThatOfTheConnect() {
        assertThat(connect(CLEAN, "first", 0).username()).isEqualTo("user");
    }

    private FakeConnection connect(final boolean cleanStart, final String will, final long delay) {
        return new FakeConnection(wills, cleanStart, will, delay, LONG)
                .authenticated()
                .accepted();
    }

    private static CompletableFuture<Optional<SessionInformation>> session(final boolean connected, final long expiry) {
        return CompletableFuture.completedFuture(Optional.of(FakeConnection.fake(
                SessionInformation.class, Map.of("isConnected", connected, "getSessionExpiryInterval", expiry))));
    }
}
