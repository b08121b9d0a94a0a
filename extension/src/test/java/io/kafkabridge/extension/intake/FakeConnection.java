package io.kafkabridge.extension.intake;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.ClientInformation;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionLostInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.general.UserProperties;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.record.MqttClient;

/** A connection of one client, with HiveMQ's events in an order that a real HiveMQ shows once in a thousand times. */
final class FakeConnection {

    private static final String CLIENT_ID = "client";

    private final ConnectionLife life;

    /** What HiveMQ's permissions of the client answer. */
    final Map<String, Object> permissions = new HashMap<>();

    /** At its CONNECT, with the user name {@code user} and a will that waits for so many seconds. */
    FakeConnection(
            final Wills wills,
            final boolean cleanStart,
            final String payload,
            final long delay,
            final long sessionExpiry) {
        this(wills, "topic", cleanStart, payload, delay, sessionExpiry);
    }

    /** Such a connection with a will for that MQTT topic. */
    FakeConnection(
            final Wills wills,
            final String topic,
            final boolean cleanStart,
            final String payload,
            final long delay,
            final long sessionExpiry) {
        life = new ConnectionLife(wills, new Gate());
        final Map<String, Object> will = Map.of(
                "getTopic", topic,
                "getPayload", Optional.of(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))),
                "getQos", Qos.AT_LEAST_ONCE,
                "getRetain", false,
                "getContentType", Optional.empty(),
                "getResponseTopic", Optional.empty(),
                "getCorrelationData", Optional.empty(),
                "getPayloadFormatIndicator", Optional.empty(),
                "getUserProperties", fake(UserProperties.class, Map.of("isEmpty", true)),
                "getWillDelay", delay);
        final ConnectPacket connect = fake(
                ConnectPacket.class,
                Map.of(
                        "getUserName",
                        Optional.of("user"),
                        "getWillPublish",
                        Optional.of(fake(WillPublishPacket.class, neverExpiring(will))),
                        "getSessionExpiryInterval",
                        sessionExpiry,
                        "getCleanStart",
                        cleanStart));
        life.onMqttConnectionStart(fake(ConnectionStartInput.class, Map.of("getConnectPacket", connect)));
    }

    private static Map<String, Object> neverExpiring(final Map<String, Object> publish) {
        final Map<String, Object> answers = new HashMap<>(publish);
        answers.put("getMessageExpiryInterval", Optional.empty());
        return answers;
    }

    FakeConnection authenticated() {
        life.onAuthenticationSuccessful(fake(
                AuthenticationSuccessfulInput.class,
                Map.of("getClientInformation", fake(ClientInformation.class, Map.of("getClientId", CLIENT_ID)))));
        return this;
    }

    FakeConnection accepted() {
        life.accept(
                new MqttClient(CLIENT_ID, life.username()),
                fake(ClientContext.class, Map.of("getDefaultPermissions", (Call)
                        none -> fake(ModifiableDefaultPermissions.class, permissions))));
        return this;
    }

    ConnectionLife life() {
        return life;
    }

    String username() {
        return String.valueOf(life.username());
    }

    void lost() {
        life.onConnectionLost(fake(ConnectionLostInput.class, Map.of()));
    }

    /** An answer that depends on the call's first argument. */
    interface Call {
        @Nullable
        Object of(@Nullable Object argument);
    }

    /** An object of HiveMQ's that answers to these methods, and to no other; a {@link Call} is asked each time. */
    static <T> T fake(final Class<T> type, final Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getName().equals("hashCode")) {
                return System.identityHashCode(self);
            }
            if (method.getName().equals("equals")) {
                return self == args[0];
            }
            final Object answer = Objects.requireNonNull(answers.get(method.getName()), method.getName());
            return answer instanceof Call call ? call.of(args == null ? null : args[0]) : answer;
        }));
    }
}
