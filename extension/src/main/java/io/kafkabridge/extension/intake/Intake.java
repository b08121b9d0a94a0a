package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListenerProvider;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.routing.Matches;
import io.kafkabridge.extension.routing.TopicTree;

/** Gives every MQTT connection its {@link ConnectionIntake}. Thread-safe. */
public final class Intake implements ClientInitializer {

    private static final long LOOK_MILLIS = 500;
    private static final long DISCONNECT_RETRY_MILLIS = 200;

    private volatile TopicTree<Route> routes = TopicTree.build(Map.of());

    /** Not one for each connection: HiveMQ has few threads, and many connections. */
    private final ThreadLocal<Matches<Route>> matches = ThreadLocal.withInitial(Matches::new);

    private final Gate gate = new Gate();
    private final Qos2Publishes qos2Publishes = new Qos2Publishes();
    private final FailureLog failureLog = new FailureLog();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Disconnector disconnector;
    private final PublishLimits limits;
    private final Supplier<Duration> patience;
    private final ScheduledExecutorService timer;
    private final LongSupplier clock;
    private final Rescue rescue;
    private final Connections connections;

    /**
     * Makes an intake, which forwards nothing before {@link #follow}.
     *
     * @param disconnector ends connections
     * @param limits what HiveMQ refuses, whoever sends it
     * @param patience how long an acknowledgement of QoS 2 may wait now
     * @param timer waits for the delays of last wills, and looks for acknowledgements that have waited for too long
     * @param sessions HiveMQ's session of a client id
     */
    public Intake(
            final Disconnector disconnector,
            final PublishLimits limits,
            final Supplier<Duration> patience,
            final ScheduledExecutorService timer,
            final Function<String, CompletableFuture<Optional<SessionInformation>>> sessions) {
        this(disconnector, limits, patience, timer, sessions, System::nanoTime);
    }

    /** One with a clock of its own, in nanoseconds. */
    Intake(
            final Disconnector disconnector,
            final PublishLimits limits,
            final Supplier<Duration> patience,
            final ScheduledExecutorService timer,
            final Function<String, CompletableFuture<Optional<SessionInformation>>> sessions,
            final LongSupplier clock) {
        this.disconnector = disconnector;
        this.limits = limits;
        this.patience = patience;
        this.timer = timer;
        this.clock = clock;
        rescue = new Rescue(timer, failureLog);
        connections = new Connections(
                new Wills(new WillSender(this::routes, this::firstRoute, rescue), timer, sessions), gate);
    }

    /** What keeps clients out while nothing can be stored. */
    public Gate gate() {
        return gate;
    }

    /** What must learn of every connection's start and end. */
    public ClientLifecycleEventListenerProvider connections() {
        return connections;
    }

    @Override
    public void initialize(final InitializerInput input, final ClientContext context) {
        final String clientId = input.getClientInformation().getClientId();
        try {
            final ConnectionLife life = connections.take(input.getConnectionInformation());
            final MqttClient client = new MqttClient(clientId, life.username());
            final boolean mqtt5 = input.getConnectionInformation().getMqttVersion() == MqttVersion.V_5;
            final ConnectionIntake connection = new ConnectionIntake(client, mqtt5, context, this);
            context.addPublishInboundInterceptor(connection);
            if (!qos2Publishes.isEmpty()) { // One of them may be this client's, from an earlier connection.
                connection.interceptPubrec();
            }
            life.accept(client, context);
            if (gate.isClosed()) { // Another extension has let it in.
                connection.refuse();
            }
        } catch (final Throwable e) {
            // HiveMQ would let the client in all the same, and acknowledge what nobody forwards.
            disconnect(clientId, new CompletableFuture<>());
            failureLog.unexpectedAtEnd(clientId, e);
        }
    }

    /** Sends what is published from now on along other routes, of connected clients too. */
    public void follow(final TopicTree<Route> newRoutes) {
        routes = newRoutes;
    }

    /** The routes of a topic: the calling thread's, until it asks again. It clears them when it is done. */
    Matches<Route> routes(final String topic) {
        final Matches<Route> found = matches.get();
        routes.match(topic, found);
        return found;
    }

    Qos2Publishes qos2Publishes() {
        return qos2Publishes;
    }

    FailureLog failureLog() {
        return failureLog;
    }

    /** The first mapping's route; null when there is no mapping. */
    @Nullable
    Route firstRoute() {
        return routes.first();
    }

    PublishLimits limits() {
        return limits;
    }

    Rescue rescue() {
        return rescue;
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    /** An acknowledgement of QoS 2 is held: looks now and then whether it waits for too long. One timer serves all. */
    void watchHeld() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            try {
                timer.schedule(this::lookAtHeld, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (final RuntimeException | Error e) {
                watching.set(false);
                throw e;
            }
        }
    }

    private void lookAtHeld() {
        watching.set(false); // Whoever comes from here on is seen by this look, or starts the next.
        try {
            qos2Publishes.giveUpHeldSince(nanoTime() - patience.get().toNanos());
        } catch (final Throwable e) {
            failureLog.unexpectedAtEnd("", e);
        }
        if (!qos2Publishes.isEmpty()) {
            watchHeld();
        }
    }

    /**
     * Disconnects a client, and tries it until that is done: before, nothing may be acknowledged. Never throws.
     *
     * @param closed completes when the connection is closed
     */
    void disconnect(final String clientId, final CompletableFuture<Void> closed) {
        try {
            disconnector
                    .disconnect(clientId, "Not stored; connect and send again")
                    .whenComplete((done, error) -> {
                        if (error == null) {
                            closed.complete(null);
                        } else {
                            disconnectLater(clientId, closed); // HiveMQ limits the rate of what extensions ask for.
                        }
                    });
        } catch (final Throwable e) {
            disconnectLater(clientId, closed);
        }
    }

    private void disconnectLater(final String clientId, final CompletableFuture<Void> closed) {
        try {
            timer.schedule(() -> disconnect(clientId, closed), DISCONNECT_RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (final Throwable e) {
            // Then nobody is acknowledged.
        }
    }
}
