package io.kafkabridge.extension.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationFailedInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ClientInitiatedDisconnectInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.kafkabridge.extension.intake.FakeConnection.fake;
import static org.assertj.core.api.Assertions.assertThat;

/** Which ends of a connection its will is for. */
class ConnectionLifeTest {

    private final List<String> sent = new ArrayList<>();
    private final Wills wills = new Wills(
            will -> sent.add(new String(will.payload(), StandardCharsets.UTF_8)),
            new FakeTimer(),
            clientId -> CompletableFuture.completedFuture(Optional.empty()));

    private FakeConnection connected() {
        return new FakeConnection(wills, true, "will", 0, 0).authenticated().accepted();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"NORMAL_DISCONNECTION, false", "DISCONNECT_WITH_WILL_MESSAGE, true", "UNSPECIFIED_ERROR, true", ", true"
    })
    void disconnectOfTheClient_sendsTheWillUnlessItIsNormal(
            final DisconnectedReasonCode code, final boolean sendsWill) {
        connected()
                .life()
                .onClientInitiatedDisconnect(
                        fake(ClientInitiatedDisconnectInput.class, Map.of("getReasonCode", Optional.ofNullable(code))));
        assertThat(sent).hasSize(sendsWill ? 1 : 0);
    }

    @Test
    void everyOtherEnd_sendsTheWill_once() {
        final FakeConnection connection = connected();
        connection.life().onDisconnect(fake(DisconnectEventInput.class, Map.of()));
        connection.lost();
        assertThat(sent).containsExactly("will");
        assertThat(connection.life().hasEnded()).isTrue();
    }

    @Test
    void normalDisconnect_isTheEnd_whateverComesAfterIt() {
        final FakeConnection connection = connected();
        connection
                .life()
                .onClientInitiatedDisconnect(fake(
                        ClientInitiatedDisconnectInput.class,
                        Map.of("getReasonCode", Optional.of(DisconnectedReasonCode.NORMAL_DISCONNECTION))));
        connection.lost();
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ALLOW, 1", "DENY, 0"})
    void failedAuthentication_sendsTheWillOfAClientThatWasIn_ifItMay(
            final DefaultAuthorizationBehaviour behaviour, final int wills) {
        // Given
        final FakeConnection connection = connected();
        connection.permissions.put("asList", List.<TopicPermission>of());
        connection.permissions.put("getDefaultBehaviour", behaviour);

        // When
        connection
                .life()
                .onAuthenticationFailedDisconnect(
                        fake(AuthenticationFailedInput.class, Map.of("getReasonString", Optional.empty())));

        // Then
        assertThat(sent).hasSize(wills);
    }

    @Test
    void failedAuthenticationBeforeTheClientIsIn_sendsNothing() {
        new FakeConnection(wills, true, "will", 0, 0)
                .life()
                .onAuthenticationFailedDisconnect(
                        fake(AuthenticationFailedInput.class, Map.of("getReasonString", Optional.empty())));
        assertThat(sent).isEmpty();
    }
}
