package io.kafkabridge.extension.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.ClientInformation;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.interceptor.puback.PubackOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackOutboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.pubrec.PubrecOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.pubrec.parameter.PubrecOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.pubrec.parameter.PubrecOutboundOutput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.general.UserProperties;
import com.hivemq.extension.sdk.api.packets.puback.PubackPacket;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.packets.pubrec.PubrecPacket;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.intake.FakeConnection.Call;

import static io.kafkabridge.extension.intake.FakeConnection.fake;

/** A client's connection to a {@link FakeHiveMq}: what it sends goes through the interceptors, what it gets is noted. */
public final class FakeClient {

    private final String id;
    private final boolean mqtt5;
    private final FakeHiveMq.Session session;
    private final List<PublishInboundInterceptor> inbound = new ArrayList<>();
    private final List<PubackOutboundInterceptor> pubacks = new ArrayList<>();
    private final List<PubrecOutboundInterceptor> pubrecs = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private boolean open = true;

    /** What HiveMQ answers to publishes. */
    AckReasonCode reasonCode = AckReasonCode.SUCCESS;

    /** Instead of the topic of a publish: what asking for it throws. */
    @Nullable
    Error topicError;

    /** Instead of the payload of a publish: what asking for it throws. */
    @Nullable
    Error payloadError;

    /** What holding an acknowledgement throws. */
    @Nullable
    RuntimeException asyncError;

    private final @Nullable Error contextError;

    FakeClient(
            final String id,
            final boolean mqtt5,
            final FakeHiveMq.Session session,
            final @Nullable Error contextError) {
        this.contextError = contextError;
        this.id = id;
        this.mqtt5 = mqtt5;
        this.session = session;
    }

    void initialize(final ClientInitializer initializer) {
        final ConnectionInformation connection = fake(
                ConnectionInformation.class, Map.of("getMqttVersion", mqtt5 ? MqttVersion.V_5 : MqttVersion.V_3_1_1));
        final ClientInformation client = fake(ClientInformation.class, Map.of("getClientId", id));
        final InitializerInput input = fake(
                InitializerInput.class, Map.of("getConnectionInformation", connection, "getClientInformation", client));
        session.run(() -> intercept(
                () -> initializer.initialize(input, context()))); // Behind what an earlier connection has sent.
    }

    private ClientContext context() {
        final ModifiableDefaultPermissions permissions = fake(
                ModifiableDefaultPermissions.class,
                Map.of(
                        "asList",
                        List.<TopicPermission>of(),
                        "getDefaultBehaviour",
                        DefaultAuthorizationBehaviour.ALLOW));
        return fake(
                ClientContext.class,
                Map.of(
                        "getDefaultPermissions",
                        permissions,
                        "addPublishInboundInterceptor",
                        (Call) added -> orThrow(inbound.add((PublishInboundInterceptor) added), contextError),
                        "addPubackOutboundInterceptor",
                        (Call) added -> pubacks.add((PubackOutboundInterceptor) added),
                        "addPubrecOutboundInterceptor",
                        (Call) added -> pubrecs.add((PubrecOutboundInterceptor) added)));
    }

    /** What reached the client: {@code PUBACK 1}, {@code PUBREC 2}. */
    public List<String> received() {
        return received;
    }

    /** Whether the connection is open. */
    public boolean isOpen() {
        return open;
    }

    /** Sends a PUBLISH; as a repeat it has the same packet id again. */
    public void publish(final int packetId, final int qos, final String topic, final String payload) {
        if (!open) {
            return;
        }
        if (qos == 2 && !session.remember(packetId)) {
            session.run(() -> pubrec(packetId)); // CE answers a repeat itself.
            return;
        }
        final PublishInboundInput input =
                fake(PublishInboundInput.class, Map.of("getPublishPacket", packet(packetId, qos, topic, payload)));
        session.run(() -> {
            intercept(() ->
                    inbound.forEach(each -> each.onInboundPublish(input, fake(PublishInboundOutput.class, Map.of()))));
            if (qos == 1) {
                session.run(() -> puback(packetId));
            } else if (qos == 2) {
                session.run(() -> pubrec(packetId));
            }
        });
    }

    private void puback(final int packetId) {
        final PubackPacket packet =
                fake(PubackPacket.class, Map.of("getPacketIdentifier", packetId, "getReasonCode", reasonCode));
        final PubackOutboundInput input = fake(PubackOutboundInput.class, Map.of("getPubackPacket", packet));
        final Outbound<PubackOutboundOutput> held = new Outbound<>("PUBACK " + packetId);
        final PubackOutboundOutput output =
                fake(PubackOutboundOutput.class, Map.of("async", (Call) limit -> held.hold()));
        intercept(() -> pubacks.forEach(each -> each.onOutboundPuback(input, output)));
        held.end();
    }

    private void pubrec(final int packetId) {
        final PubrecPacket packet =
                fake(PubrecPacket.class, Map.of("getPacketIdentifier", packetId, "getReasonCode", reasonCode));
        final PubrecOutboundInput input = fake(PubrecOutboundInput.class, Map.of("getPubrecPacket", packet));
        final Outbound<PubrecOutboundOutput> held = new Outbound<>("PUBREC " + packetId);
        final PubrecOutboundOutput output =
                fake(PubrecOutboundOutput.class, Map.of("async", (Call) limit -> held.hold()));
        intercept(() -> pubrecs.forEach(each -> each.onOutboundPubrec(input, output)));
        held.end();
    }

    /** CE logs what an interceptor throws, and goes on. */
    @SuppressWarnings("EmptyCatch")
    private static void intercept(final Runnable interceptors) {
        try {
            interceptors.run();
        } catch (final Throwable ignored) {
        }
    }

    /** The client has the PUBREC: HiveMQ forgets the publish. */
    public void pubrel(final int packetId) {
        session.forget(packetId);
    }

    void close() {
        open = false;
    }

    /** An acknowledgement on its way out. */
    private final class Outbound<T> implements Async<T> {
        private final String packet;
        private boolean held;

        Outbound(final String packet) {
            this.packet = packet;
        }

        Outbound<T> hold() {
            if (asyncError != null) {
                throw asyncError;
            }
            held = true;
            session.hold();
            return this;
        }

        /** Its interceptors have run. */
        void end() {
            if (!held) {
                write();
            }
        }

        private void write() {
            if (open) {
                received.add(packet);
            }
        }

        @Override
        public void resume() {
            if (held) {
                held = false;
                write();
                session.resume();
            }
        }

        @Override
        public T getOutput() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Status getStatus() {
            return held ? Status.RUNNING : Status.DONE;
        }
    }

    private PublishPacket packet(final int packetId, final int qos, final String topic, final String payload) {
        final Map<String, Object> answers = new HashMap<>(Map.of(
                "getQos", Qos.valueOf(qos),
                "getRetain", false,
                "getDupFlag", false,
                "getPacketId", packetId,
                "getContentType", Optional.empty(),
                "getResponseTopic", Optional.empty(),
                "getCorrelationData", Optional.empty(),
                "getPayloadFormatIndicator", Optional.empty(),
                "getMessageExpiryInterval", Optional.empty(),
                "getUserProperties", fake(UserProperties.class, Map.of("isEmpty", true))));
        answers.put("getTopic", (Call) none -> orThrow(topic, topicError));
        answers.put("getPayload", (Call)
                none -> orThrow(Optional.of(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))), payloadError));
        return fake(PublishPacket.class, answers);
    }

    private static Object orThrow(final Object answer, final @Nullable Error error) {
        if (error != null) {
            throw error;
        }
        return answer;
    }
}
