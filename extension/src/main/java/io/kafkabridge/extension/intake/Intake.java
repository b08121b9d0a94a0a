package io.kafkabridge.extension.intake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListenerProvider;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;

import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.routing.Matches;
import io.kafkabridge.extension.routing.TopicTree;

/** Gives every MQTT connection its {@link ConnectionIntake}. Thread-safe. */
public final class Intake implements ClientInitializer {

    private volatile TopicTree<Route> routes = TopicTree.build(Map.of());

    /** Not one for each connection: HiveMQ has few threads, and many connections. */
    private final ThreadLocal<Matches<Route>> matches = ThreadLocal.withInitial(Matches::new);

    private final Qos2Publishes qos2Publishes = new Qos2Publishes();
    private final FailureLog failureLog = new FailureLog();
    private final Disconnector disconnector;
    private final Consumer<Runnable> afterPatience;
    private final Connections connections;

    /**
     * Makes an intake, which forwards nothing before {@link #follow}.
     *
     * @param disconnector ends connections
     * @param afterPatience runs something once an acknowledgement has waited for too long
     * @param timer waits for the delays of last wills
     * @param sessions HiveMQ's session of a client id
     */
    public Intake(
            final Disconnector disconnector,
            final Consumer<Runnable> afterPatience,
            final ScheduledExecutorService timer,
            final Function<String, CompletableFuture<Optional<SessionInformation>>> sessions) {
        this.disconnector = disconnector;
        this.afterPatience = afterPatience;
        connections = new Connections(new Wills(new WillSender(this::routes, failureLog), timer, sessions));
    }

    /** What must learn of every connection's start and end. */
    public ClientLifecycleEventListenerProvider connections() {
        return connections;
    }

    @Override
    public void initialize(final InitializerInput input, final ClientContext context) {
        final ConnectionLife life = connections.take(input.getConnectionInformation());
        final MqttClient client = new MqttClient(input.getClientInformation().getClientId(), life.username());
        life.accept(client, context);
        final boolean mqtt5 = input.getConnectionInformation().getMqttVersion() == MqttVersion.V_5;
        final ConnectionIntake connection = new ConnectionIntake(client, mqtt5, context, this);
        context.addPublishInboundInterceptor(connection);
        if (!qos2Publishes.isEmpty()) { // One of them may be this client's, from an earlier connection.
            connection.interceptPubrec();
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

    void afterPatience(final Runnable action) {
        afterPatience.accept(action);
    }

    CompletableFuture<Void> disconnect(final String clientId) {
        return disconnector.disconnect(clientId, "Not stored; connect and send again");
    }
}
