package io.kafkabridge.extension.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;

import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.routing.TopicTree;

/** Gives every MQTT connection its {@link ConnectionIntake}. Thread-safe. */
public final class Intake implements ClientInitializer {

    private final TopicTree<Route> routes;
    private final Qos2Publishes qos2Publishes = new Qos2Publishes();
    private final FailureLog failureLog = new FailureLog();
    private final Disconnector disconnector;
    private final Consumer<Runnable> afterPatience;

    /**
     * Makes the intake.
     *
     * @param routes where publishes go, by topic
     * @param disconnector ends connections
     * @param afterPatience runs something once an acknowledgement has waited for too long
     */
    public Intake(
            final TopicTree<Route> routes, final Disconnector disconnector, final Consumer<Runnable> afterPatience) {
        this.routes = routes;
        this.disconnector = disconnector;
        this.afterPatience = afterPatience;
    }

    @Override
    public void initialize(final InitializerInput input, final ClientContext context) {
        final MqttClient client = new MqttClient(input.getClientInformation().getClientId(), null);
        final ConnectionIntake connection = new ConnectionIntake(client, context, this);
        context.addPublishInboundInterceptor(connection);
        if (!qos2Publishes.isEmpty()) { // One of them may be this client's, from an earlier connection.
            connection.interceptPubrec();
        }
    }

    List<Route> routes(final String topic) {
        return routes.match(topic);
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
