package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.interceptor.puback.PubackOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.puback.parameter.PubackOutboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.pubrec.PubrecOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.pubrec.parameter.PubrecOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.pubrec.parameter.PubrecOutboundOutput;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.routing.Matches;

/**
 * One MQTT connection: sends the records of a publish when the PUBLISH comes and lets the PUBACK or PUBREC go when all of
 * them are safe.
 *
 * <p>HiveMQ calls the interceptors of a client one after the other, so what only they touch needs no lock. Outcomes come
 * from other threads.
 */
final class ConnectionIntake
        implements PublishInboundInterceptor, PubackOutboundInterceptor, PubrecOutboundInterceptor {

    /** An acknowledgement must not time out: HiveMQ would send it then. The delivery's own limit ends the wait. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private static final Acknowledgement NOBODY_WAITS = new Acknowledgement() {
        @Override
        public void safe() {}

        @Override
        public boolean failed(final Exception cause) {
            return false;
        }

        @Override
        public boolean isWanted() {
            return true;
        }
    };

    private final MqttClient client;
    private final boolean mqtt5;
    private final ClientContext context;
    private final Intake intake;
    private final Map<Integer, PendingPublish> qos1Publishes = new HashMap<>();
    private final Outgoing outgoing = new Outgoing();
    private boolean interceptsPuback;
    private boolean interceptsPubrec;

    /** Set when a publish failed; completes when the connection is closed. */
    private volatile @Nullable CompletableFuture<Void> closed;

    ConnectionIntake(final MqttClient client, final boolean mqtt5, final ClientContext context, final Intake intake) {
        this.client = client;
        this.mqtt5 = mqtt5;
        this.context = context;
        this.intake = intake;
    }

    @Override
    public void onInboundPublish(final PublishInboundInput input, final PublishInboundOutput output) {
        final PublishPacket packet = input.getPublishPacket();
        try {
            final Matches<Route> routes = intake.routes(packet.getTopic());
            if (!routes.isEmpty()
                    && PublishPermissions.allow(
                            context.getDefaultPermissions(), packet.getTopic(), packet.getQos(), packet.getRetain())) {
                take(packet, routes);
            }
            routes.clear();
        } catch (final Throwable e) {
            // Out of an interceptor, HiveMQ would drop the message and acknowledge it.
            intake.failureLog().unexpected(client.id(), e);
            final Exception cause = new IllegalStateException("unexpected error in the bridge", e);
            if (packet.getQos() == Qos.AT_LEAST_ONCE) {
                startQos1(packet, 1).failed(cause);
            } else if (packet.getQos() == Qos.EXACTLY_ONCE) {
                fail(cause);
            }
        }
    }

    private void take(final PublishPacket packet, final Matches<Route> routes) {
        outgoing.make(PacketSnapshot.of(packet, client, mqtt5), routes);
        if (outgoing.isEmpty()) {
            return;
        }
        switch (packet.getQos()) {
            case AT_MOST_ONCE -> outgoing.send(Persistence.BEST_EFFORT, NOBODY_WAITS);
            case AT_LEAST_ONCE -> {
                final PendingPublish publish = startQos1(packet, outgoing.size());
                if (closed != null) {
                    // An earlier publish failed and comes again: this one must not get ahead of it.
                    publish.failed(new IllegalStateException("an earlier publish failed"));
                } else {
                    outgoing.send(Persistence.OR_FAIL, publish);
                }
            }
            case EXACTLY_ONCE -> {
                interceptPubrec();
                outgoing.send(
                        Persistence.UNTIL_SAFE,
                        intake.qos2Publishes().start(this, client.id(), packet.getPacketId(), outgoing));
            }
        }
    }

    private PendingPublish startQos1(final PublishPacket packet, final int records) {
        if (!interceptsPuback) {
            context.addPubackOutboundInterceptor(this);
            interceptsPuback = true;
        }
        final PendingPublish publish = new PendingPublish(this, records, null, null);
        qos1Publishes.put(packet.getPacketId(), publish);
        return publish;
    }

    /** Holds a repeated QoS 2 publish's PUBREC, too: the interceptor is there from the first publish or the connect on. */
    void interceptPubrec() {
        if (!interceptsPubrec) {
            context.addPubrecOutboundInterceptor(this);
            interceptsPubrec = true;
        }
    }

    @Override
    public void onOutboundPuback(final PubackOutboundInput input, final PubackOutboundOutput output) {
        final PendingPublish publish =
                qos1Publishes.remove(input.getPubackPacket().getPacketIdentifier());
        if (publish != null
                && publish.outcome() != PendingPublish.Outcome.SAFE
                && isPositive(input.getPubackPacket().getReasonCode())) {
            hold(publish, output.async(FOREVER));
        }
    }

    @Override
    public void onOutboundPubrec(final PubrecOutboundInput input, final PubrecOutboundOutput output) {
        final PendingPublish publish =
                intake.qos2Publishes().find(client.id(), input.getPubrecPacket().getPacketIdentifier());
        if (publish != null && isPositive(input.getPubrecPacket().getReasonCode())) {
            final Async<?> acknowledgement = output.async(FOREVER);
            hold(publish, acknowledgement);
            intake.afterPatience(() -> giveUp(publish, acknowledgement));
        }
    }

    private void hold(final PendingPublish publish, final Async<?> acknowledgement) {
        if (closed != null) {
            // The client is being disconnected; whoever waits now holds up its next connection, which shares the queue.
            resumeWhenClosed(acknowledgement);
        } else {
            publish.hold(acknowledgement);
        }
    }

    /** Stops to wait for a publish, which is kept and goes on: a wait without end would hold up the client's queue. */
    private void giveUp(final PendingPublish publish, final Async<?> acknowledgement) {
        if (publish.letGo(acknowledgement)) {
            if (fail(new TimeoutException("neither Kafka nor the spool took the record in time"))) {
                publish.givenUp();
            }
            resumeWhenClosed(acknowledgement);
        }
    }

    private static boolean isPositive(final AckReasonCode code) {
        return code == AckReasonCode.SUCCESS || code == AckReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    /** Whether a publish has failed; what comes after it must not be stored. */
    boolean hasFailed() {
        return closed != null;
    }

    /** Disconnects the client, once; whether that is new. Thread-safe. */
    boolean fail(final Exception cause) {
        synchronized (this) {
            if (closed != null) {
                return false;
            }
            closed = intake.disconnect(client.id());
        }
        intake.failureLog().disconnected(client.id(), cause);
        return true;
    }

    /** Lets an acknowledgement go when it can't reach the client any more. */
    void resumeWhenClosed(final Async<?> acknowledgement) {
        final CompletableFuture<Void> future = closed;
        if (future == null) {
            throw new IllegalStateException("The connection hasn't failed");
        }
        future.thenRun(acknowledgement::resume);
    }
}
