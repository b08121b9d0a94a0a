package io.kafkabridge.extension.intake;

import java.util.Map;
import java.util.Optional;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.AuthenticatorProviderInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.intake.FakeConnection.Call;

import static io.kafkabridge.extension.intake.FakeConnection.fake;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** While the gate is closed, nobody is let in, and what comes in all the same isn't acknowledged before it is safe. */
class GateTest extends IntakeFixture {

    private static final AuthenticatorProviderInput INPUT = fake(AuthenticatorProviderInput.class, Map.of());

    private final Gate gate = intake.gate();

    @Test
    void open_takesNoPart() {
        assertThat(gate.getAuthenticator(INPUT)).isNull();
    }

    @Test
    void closed_saysThatTheServerIsUnavailable() {
        // Given
        gate.close();
        final Object[] code = {""};
        final SimpleAuthOutput output = fake(SimpleAuthOutput.class, Map.of("failAuthentication", (Call)
                reason -> code[0] = requireNonNull(reason)));

        // When
        final SimpleAuthenticator authenticator = requireNonNull(gate.getAuthenticator(INPUT));
        authenticator.onConnect(fake(SimpleAuthInput.class, Map.of()), output);

        // Then
        assertThat(code[0]).isEqualTo(ConnackReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void clientThatIsLetInAllTheSame_isDisconnected() {
        // Given
        gate.close();

        // When, Then
        assertThat(connect().isOpen()).isFalse();
    }

    @Test
    void qos1FromBeforeTheEnd_isNotAcknowledged() {
        // Given
        gate.close();
        hivemq.closesSlowly = true;
        final FakeClient client = connect();

        // When
        client.publish(1, 1, "one/a", "x");
        client.publish(2, 1, "no mapping", "x");
        hivemq.closeConnections();

        // Then
        assertThat(client.received()).isEmpty();
        assertThat(client.isOpen()).isFalse();
        assertThat(delivery.taken).isEmpty();

        // When it comes again
        gate.open();
        connect().publish(1, 1, "one/a", "x");

        // Then
        assertThat(delivery.taken).hasSize(1);
    }

    @Test
    void qos2FromBeforeTheEnd_isKept_andAcknowledgedOnceItIsSafe() {
        // Given
        gate.close();
        hivemq.closesSlowly = true;
        final FakeClient first = connect();
        first.publish(1, 2, "two/a", "x");
        first.publish(2, 2, "no mapping", "x");
        hivemq.closeConnections();
        assertThat(first.received()).isEmpty();

        // When it comes again while the gate is closed
        final FakeClient second = connect();
        second.publish(1, 2, "two/a", "x");
        hivemq.closeConnections();

        // Then
        assertThat(second.received()).isEmpty();
        assertThat(delivery.taken).isEmpty();

        // When
        gate.open();
        final FakeClient third = connect();
        third.publish(1, 2, "two/a", "x");

        // Then
        assertThat(delivery.taken).hasSize(1);
        assertThat(other.taken).hasSize(1);
        assertThat(third.received()).isEmpty();

        // When
        delivery.taken.get(0).safe();
        assertThat(third.received()).isEmpty();
        other.taken.get(0).safe();
        third.publish(2, 2, "no mapping", "x");

        // Then
        assertThat(third.received()).containsExactly("PUBREC 1", "PUBREC 2");
    }

    @Test
    void qos0AndWhatHiveMqRefuses_areNobodysBusiness() {
        // Given
        gate.close();
        hivemq.closesSlowly = true;
        final FakeClient client = connect();

        // When
        client.publish(0, 0, "one/a", "x");
        client.publish(1, 1, "one/longer than this broker takes", "x");
        gate.open();

        // Then
        assertThat(delivery.taken).isEmpty();
    }

    @Test
    void missingSecurityExtension_isToldOnce() {
        // Given
        final Logger logger = (Logger) LoggerFactory.getLogger(Gate.class);
        final ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            // When
            gate.refused(Optional.empty());
            gate.refused(Optional.of("wrong password"));
            gate.refused(Optional.of("Authentication failed, no authenticator registered"));
            gate.refused(Optional.of("Authentication failed, no authenticator registered"));

            // Then
            assertThat(log.list).hasSize(1);
            assertThat(log.list.get(0).getFormattedMessage()).startsWith("No security extension present");
        } finally {
            logger.detachAppender(log);
        }
    }
}
