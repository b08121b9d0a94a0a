package io.kafkabridge.auth;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationFailedInput;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;

/** Notices the end of each connection. Shared by all connections; thread safe. */
final class ConnectionEnds implements ClientLifecycleEventListener {

    private final ConnectedClients clients;
    private final LoginMetrics metrics;
    private final ClientLog log;

    ConnectionEnds(final ConnectedClients clients, final LoginMetrics metrics, final ClientLog log) {
        this.clients = clients;
        this.metrics = metrics;
        this.log = log;
    }

    /** HiveMQ refuses, after the password was right, who may not publish its last will: without a word, unless we say it. */
    @Override
    public void onAuthenticationFailedDisconnect(final AuthenticationFailedInput input) {
        clients.remove(input.getConnectionInformation())
                .filter(login -> !login.willTopic().isEmpty())
                .ifPresent(login -> {
                    metrics.refused().inc();
                    log.warn(
                            login.clientId(),
                            login.user(),
                            "refused, its last will may not be published: allow its topic to the user with a line 'topic write"
                                    + " <topic>' in the permissions file, or switch the will off (Mosquitto's bridge:"
                                    + " 'notifications false')",
                            "topic '" + login.willTopic() + "'");
                });
    }

    @Override
    public void onDisconnect(final DisconnectEventInput input) {
        clients.remove(input.getConnectionInformation());
    }

    @Override
    public void onMqttConnectionStart(final ConnectionStartInput input) {}

    @Override
    public void onAuthenticationSuccessful(final AuthenticationSuccessfulInput input) {}
}
