package io.kafkabridge.extension.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.routing.Filters;
import io.kafkabridge.extension.routing.TopicTree;

import static org.assertj.core.api.Assertions.assertThat;

/** No error of the bridge's own loses a publish, holds it up or has it sent for ever. */
class IntakeErrorsTest extends IntakeFixture {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private List<ILoggingEvent> errors() {
        return log.list.stream().filter(line -> line.getLevel() == Level.ERROR).toList();
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {0, 1, 2})
    void mappingThatBreaks_keepsThePublishAsItCame_andTheOtherMappingsGetTheirs(final int qos) {
        // Given
        final FakeClient client = connect();

        // When
        client.publish(7, qos, "bad/a", "payload");

        // Then
        final FakeDelivery.Taken kept = delivery.last();
        assertThat(kept.reason()).hasMessageContaining("unexpected error").hasMessageContaining("StackOverflowError");
        assertThat(kept.value()).isEqualTo("payload");
        assertThat(kept.record().topic()).isEqualTo("broken");
        assertThat(header(kept, "mqtt.topic")).isEqualTo("bad/a");
        assertThat(header(kept, "mqtt.client-id")).isEqualTo("client");
        assertThat(other.last().value()).isEqualTo("payload");
        assertThat(other.last().reason()).isNull();

        // And it is acknowledged once both are safe
        other.last().safe();
        assertThat(client.received()).isEmpty();
        kept.safe();
        assertThat(client.received())
                .containsExactly(
                        switch (qos) {
                            case 0 -> new String[0];
                            case 1 -> new String[] {"PUBACK 7"};
                            default -> new String[] {"PUBREC 7"};
                        });
        assertThat(client.isOpen()).isTrue();
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {1, 2})
    void memoryThatIsShortInAMapping_losesNothingEither(final int qos) {
        // Given
        error = new OutOfMemoryError("Java heap space");
        final FakeClient client = connect();

        // When
        client.publish(7, qos, "worse", "payload");
        delivery.last().safe();

        // Then
        assertThat(delivery.last().reason()).isNotNull();
        assertThat(client.received()).hasSize(1);
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {0, 1, 2})
    void deliveryThatBreaks_getsTheRecordAsARejectedOne(final int qos) {
        // Given
        delivery.sendError = () -> new AssertionError("a bug");
        final FakeClient client = connect();

        // When
        client.publish(7, qos, "two/a", "payload");

        // Then
        assertThat(delivery.last().reason()).hasMessageContaining("unexpected error");
        assertThat(delivery.last().record().topic()).isEqualTo("first");
        assertThat(other.last().reason()).isNull();
        other.last().safe();
        assertThat(client.received()).isEmpty();
        delivery.last().safe();
        assertThat(client.received()).hasSize(qos == 0 ? 0 : 1);
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void qos1ThatNothingCanKeep_isNotAcknowledged() {
        // Given
        delivery.sendError = () -> new AssertionError("a bug");
        delivery.rejectError = () -> new AssertionError("another bug");
        final FakeClient client = connect();

        // When
        client.publish(7, 1, "one/a", "payload");

        // Then
        assertThat(client.received()).isEmpty();
        assertThat(client.isOpen()).isFalse();
        assertThat(errors())
                .anySatisfy(line -> assertThat(line.getFormattedMessage()).contains("couldn't be kept either"));
    }

    @Test
    void qos2ThatNothingCanKeep_isTriedAgainUntilItIsKept() {
        // Given
        delivery.sendError = () -> new AssertionError("a bug");
        delivery.rejectError = () -> new AssertionError("another bug");
        final FakeClient client = connect();
        client.publish(7, 2, "one/a", "payload");
        timer.advance(PATIENCE.plusSeconds(2));
        assertThat(client.isOpen()).isFalse();
        final FakeClient second = connect();
        second.publish(7, 2, "one/a", "payload");
        assertThat(second.received()).isEmpty();

        // When
        delivery.rejectError = null;
        timer.advance(PATIENCE.dividedBy(2));

        // Then
        assertThat(second.received()).isEmpty();
        assertThat(delivery.taken).hasSize(1);
        assertThat(delivery.last().persistence()).isEqualTo(Persistence.UNTIL_SAFE);
        delivery.last().safe();
        assertThat(second.received()).containsExactly("PUBREC 7");
        timer.advance(PATIENCE);
        assertThat(delivery.taken).hasSize(1);
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {0, 1, 2})
    void routesThatBreak_keepThePublishInTheFirstMappingsCluster(final int qos) {
        // Given
        final Map<Route, Filters> routes = new LinkedHashMap<>();
        routes.put(route(fine("first"), delivery), filters("elsewhere"));
        routes.put(null, filters("one/#"));
        intake.follow(TopicTree.build(routes));
        final FakeClient client = connect();

        // When
        client.publish(7, qos, "one/a", "payload");

        // Then
        assertThat(delivery.last().reason()).hasMessageContaining("unexpected error");
        assertThat(delivery.last().value()).isEqualTo("payload");
        assertThat(header(delivery.last(), "mqtt.topic")).isEqualTo("one/a");
        assertThat(client.received()).isEmpty();
        delivery.last().safe();
        assertThat(client.received()).hasSize(qos == 0 ? 0 : 1);
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void packetThatCantBeRead_isNotAcknowledged_withQos1() {
        // Given
        final FakeClient client = connect();
        client.payloadError = new OutOfMemoryError("Java heap space");

        // When
        client.publish(7, 1, "one/a", "payload");

        // Then
        assertThat(client.received()).isEmpty();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void packetThatCantBeRead_isTriedAgain_withQos2() {
        // Given
        final FakeClient client = connect();
        client.payloadError = new OutOfMemoryError("Java heap space");
        client.publish(7, 2, "one/a", "payload");
        assertThat(client.received()).isEmpty();

        // When
        client.payloadError = null;
        timer.advance(PATIENCE.dividedBy(2));
        delivery.last().safe();

        // Then
        assertThat(delivery.last().value()).isEqualTo("payload");
        assertThat(client.received()).containsExactly("PUBREC 7");
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {1, 2})
    void acknowledgementThatCantBeHeld_reachesNobody(final int qos) {
        // Given
        final FakeClient client = connect();
        client.asyncError = new IllegalStateException("a bug");

        // When
        client.publish(7, qos, "one/a", "payload");

        // Then
        assertThat(client.received()).isEmpty();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void disconnectThatThrows_isTriedAgain_andNobodyIsAcknowledgedMeanwhile() {
        // Given
        hivemq.disconnectError = new IllegalStateException("a bug");
        final FakeClient client = connect();
        client.publish(7, 1, "one/a", "payload");

        // When
        final boolean disconnects = delivery.last().fail();

        // Then
        assertThat(disconnects).isTrue();
        assertThat(client.received()).isEmpty();

        // And when
        hivemq.disconnectError = null;
        timer.advance(PATIENCE);

        // Then
        assertThat(client.received()).isEmpty();
        assertThat(client.isOpen()).isFalse();
        connect().publish(8, 1, "one/a", "next");
        assertThat(delivery.last().value()).isEqualTo("next");
    }

    @Test
    void qos2ThatFails_whileItsRepeatIsHeld_isNotAcknowledged() {
        // Given
        final FakeClient first = connect();
        first.publish(7, 2, "one/a", "x");
        timer.advance(PATIENCE.plusSeconds(1));
        final FakeClient second = connect();
        second.publish(7, 2, "one/a", "x");

        // When
        delivery.last().fail();

        // Then
        assertThat(second.received()).isEmpty();
        assertThat(second.isOpen()).isFalse();
    }

    @Test
    void error_isToldWithItsStackTrace_whateverWasToldBefore() {
        // Given
        final FakeClient failing = hivemq.connect("failing", false, intake);
        failing.publish(1, 1, "one/a", "x");
        delivery.last().fail();
        delivery.onTake = FakeDelivery.Taken::safe;
        other.onTake = FakeDelivery.Taken::safe;

        // When
        connect().publish(7, 1, "bad/a", "payload");

        // Then
        assertThat(errors()).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("'client'");
            assertThat(ThrowableProxyUtil.asString(line.getThrowableProxy()))
                    .contains("StackOverflowError")
                    .contains("at io.kafkabridge.extension.intake.Intake");
        });

        // And another one is told, too; the same again isn't
        error = new ExceptionInInitializerError("another");
        connect().publish(8, 1, "bad/a", "payload");
        connect().publish(9, 1, "bad/a", "payload");
        assertThat(errors()).hasSize(2);
    }

    @Test
    void error_thatQuotesThePayload_isToldWithoutIt() {
        // Given
        error = new AssertionError("secret payload", new NumberFormatException("secret number"));

        // When
        connect().publish(7, 1, "bad/a", "payload");

        // Then
        assertThat(errors()).singleElement().satisfies(line -> assertThat(
                        line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy()))
                .contains("AssertionError", "NumberFormatException")
                .doesNotContain("secret"));
        assertThat(delivery.last().reason()).hasMessageNotContaining("secret");
    }

    @Test
    void willThatMeetsAnError_isKept() {
        // Given
        final Wills wills = new Wills(
                new WillSender(intake::routes, intake::firstRoute, intake.rescue()),
                timer,
                clientId -> CompletableFuture.completedFuture(Optional.empty()));
        final FakeConnection connection = new FakeConnection(wills, "worse", true, "last words", 0, 0)
                .authenticated()
                .accepted();

        // When
        connection.lost();

        // Then
        assertThat(delivery.last().value()).isEqualTo("last words");
        assertThat(delivery.last().reason()).isNotNull();
        assertThat(other.taken).isEmpty();
    }

    @Test
    void clientThatCantBeIntercepted_isNotLetIn() {
        // Given
        hivemq.contextError = new OutOfMemoryError("Java heap space");

        // When
        final FakeClient client = connect();
        client.publish(7, 1, "one/a", "payload");

        // Then
        assertThat(client.isOpen()).isFalse();
        assertThat(client.received()).isEmpty();
        assertThat(errors()).hasSize(1);
    }
}
