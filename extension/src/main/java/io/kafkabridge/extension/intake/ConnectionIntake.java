package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.SimpleAsyncOutput;
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

import io.kafkabridge.extension.delivery.Delivery;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.delivery.UnexpectedErrorException;
import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.record.RawRecord;
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

    private final MqttClient client;
    private final boolean mqtt5;
    private final ClientContext context;
    private final Intake intake;
    private final Map<Integer, PendingPublish> qos1Publishes = new HashMap<>();
    private final Outgoing outgoing;
    private boolean interceptsPuback;
    private boolean interceptsPubrec;

    /** Set when a publish failed; completes when the connection is closed. */
    private volatile @Nullable CompletableFuture<Void> closed;

    ConnectionIntake(final MqttClient client, final boolean mqtt5, final ClientContext context, final Intake intake) {
        this.client = client;
        this.mqtt5 = mqtt5;
        this.context = context;
        this.intake = intake;
        outgoing = new Outgoing(intake.rescue());
    }

    @Override
    public void onInboundPublish(final PublishInboundInput input, final PublishInboundOutput output) {
        final PublishPacket packet = input.getPublishPacket();
        try {
            if (intake.gate().isClosed()) {
                keepOut(packet);
                return;
            }
            final Matches<Route> routes = intake.routes(packet.getTopic());
            if (!routes.isEmpty() && isAccepted(packet)) {
                take(packet, routes);
            }
            routes.clear();
        } catch (final Throwable e) {
            // Out of an interceptor, HiveMQ would drop the message and acknowledge it.
            keep(packet, e);
        }
    }

    /** Whether HiveMQ is going to accept it: it asks its interceptors first. */
    private boolean isAccepted(final PublishPacket packet) {
        return intake.limits().allow(packet.getTopic(), packet.getQos())
                && PublishPermissions.allow(
                        context.getDefaultPermissions(), packet.getTopic(), packet.getQos(), packet.getRetain());
    }

    private void take(final PublishPacket packet, final Matches<Route> routes) {
        outgoing.make(PacketSnapshot.of(packet, client, mqtt5), routes);
        if (outgoing.isEmpty()) {
            return;
        }
        switch (packet.getQos()) {
            case AT_MOST_ONCE -> outgoing.send(Persistence.BEST_EFFORT, Outgoing.NOBODY_WAITS);
            case AT_LEAST_ONCE -> {
                final PendingPublish publish = startQos1(packet, outgoing.size());
                if (closed != null) {
                    // An earlier publish failed and comes again: this one must not get ahead of it.
                    publish.failed(new IllegalStateException("an earlier publish failed"));
                } else {
                    outgoing.send(Persistence.OR_FAIL, publish);
                }
            }
            case EXACTLY_ONCE ->
                outgoing.send(Persistence.UNTIL_SAFE, startQos2(packet, outgoing.size(), outgoing.firstDelivery()));
        }
    }

    /**
     * A publish of a client that was let in while the bridge is closed, from before its connection has ended. QoS 1 comes again;
     * QoS 2 doesn't, so it is kept in memory, as HiveMQ does, until it is known where it goes.
     */
    private void keepOut(final PublishPacket packet) {
        if (packet.getQos() == Qos.AT_MOST_ONCE || !isAccepted(packet)) {
            return;
        }
        refuse();
        if (packet.getQos() == Qos.AT_LEAST_ONCE) {
            startQos1(packet, 1).failed(Gate.closedError());
        } else {
            final Publish publish = PacketSnapshot.of(packet, client, mqtt5);
            intake.gate().whenOpen(new KeptPublish(publish, startQos2(packet, 1, null), intake));
        }
    }

    /** Disconnects a client that came in while the bridge is closed. Never throws. */
    void refuse() {
        fail(Gate.closedError());
    }

    /**
     * Keeps a publish as it came, since nothing is known of its mappings: among the rejected records of the first mapping's
     * cluster.
     */
    private void keep(final PublishPacket packet, final Throwable error) {
        try {
            final Route route = intake.firstRoute();
            if (route == null) {
                intake.failureLog().unexpected(client.id(), error);
                return; // There is no mapping, so none wants it.
            }
            final Rescue.Making record =
                    () -> RawRecord.of(PacketSnapshot.of(packet, client, mqtt5), packet.getTopic());
            switch (packet.getQos()) {
                case AT_MOST_ONCE ->
                    intake.rescue()
                            .keep(route, record, error, client.id(), Persistence.BEST_EFFORT, Outgoing.NOBODY_WAITS);
                case AT_LEAST_ONCE ->
                    intake.rescue().keep(route, record, error, client.id(), Persistence.OR_FAIL, startQos1(packet, 1));
                case EXACTLY_ONCE ->
                    intake.rescue()
                            .keep(
                                    route,
                                    record,
                                    error,
                                    client.id(),
                                    Persistence.UNTIL_SAFE,
                                    startQos2(packet, 1, route.delivery()));
            }
        } catch (final Throwable e) {
            // Nothing works any more: then at least nobody is told that it did.
            fail(new UnexpectedErrorException(e));
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

    private PendingPublish startQos2(final PublishPacket packet, final int records, final @Nullable Delivery delivery) {
        interceptPubrec();
        return intake.qos2Publishes().start(this, client.id(), packet.getPacketId(), records, delivery);
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
        try {
            final PendingPublish publish =
                    qos1Publishes.remove(input.getPubackPacket().getPacketIdentifier());
            if (publish != null
                    && publish.outcome() != PendingPublish.Outcome.SAFE
                    && isPositive(input.getPubackPacket().getReasonCode())) {
                hold(publish, output);
            }
        } catch (final Throwable e) {
            unexpected(e);
            fail(new UnexpectedErrorException(e));
        }
    }

    @Override
    public void onOutboundPubrec(final PubrecOutboundInput input, final PubrecOutboundOutput output) {
        try {
            final PendingPublish publish = intake.qos2Publishes()
                    .find(client.id(), input.getPubrecPacket().getPacketIdentifier());
            if (publish != null && isPositive(input.getPubrecPacket().getReasonCode())) {
                hold(publish, output);
                intake.watchHeld();
            }
        } catch (final Throwable e) {
            unexpected(e);
            fail(new UnexpectedErrorException(e));
        }
    }

    private void hold(final PendingPublish publish, final SimpleAsyncOutput<?> output) {
        if (closed == null) {
            final Async<?> acknowledgement = output.async(FOREVER);
            try {
                publish.hold(new PendingPublish.Held(this, acknowledgement, intake.nanoTime()));
            } catch (final Throwable e) {
                unexpected(e);
                fail(new UnexpectedErrorException(e));
                resumeWhenClosed(acknowledgement);
            }
        } else {
            // The client is being disconnected; whoever waits now holds up its next connection, which shares the queue.
            resumeWhenClosed(output.async(FOREVER));
        }
    }

    /** Stops to wait for a publish, which is kept and goes on: a wait without end would hold up the client's queue. */
    void giveUp(final PendingPublish publish, final PendingPublish.Held held) {
        if (publish.letGo(held)) {
            if (fail(new TimeoutException("neither Kafka nor the spool took the record in time"))) {
                publish.givenUp();
            }
            resumeWhenClosed(held.acknowledgement());
        }
    }

    private static boolean isPositive(final AckReasonCode code) {
        return code == AckReasonCode.SUCCESS || code == AckReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    /** Whether a publish has failed; what comes after it must not be stored. */
    boolean hasFailed() {
        return closed != null;
    }

    /** Disconnects the client, once; whether that is new. Never throws. Thread-safe. */
    boolean fail(final Exception cause) {
        final CompletableFuture<Void> future;
        synchronized (this) {
            if (closed != null) {
                return false;
            }
            future = new CompletableFuture<>();
            closed = future;
        }
        intake.disconnect(client.id(), future);
        try {
            intake.failureLog().disconnected(client.id(), cause);
        } catch (final Throwable e) {
            // A line that can't be written changes nothing.
        }
        return true;
    }

    /** Tells about an error of the bridge's own on the way of an acknowledgement. Never throws. */
    void unexpected(final Throwable error) {
        try {
            intake.failureLog().unexpectedAtEnd(client.id(), error);
        } catch (final Throwable e) {
            // As above.
        }
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
