package io.kafkabridge.extension.intake;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListenerProvider;
import com.hivemq.extension.sdk.api.events.client.parameters.ClientLifecycleEventListenerProviderInput;

/**
 * Gives every MQTT connection its {@link ConnectionLife}, and finds it again. By the connection and not by the client: while
 * one takes a client's session over, two are alive. Thread-safe.
 */
final class Connections implements ClientLifecycleEventListenerProvider {

    private final Wills wills;

    /**
     * From the CONNECT on. HiveMQ makes one {@link ConnectionInformation} for each connection and tells no end of those that
     * fail early, so the keys are weak: an entry goes with its connection.
     */
    private final Map<ConnectionInformation, ConnectionLife> lives = Collections.synchronizedMap(new WeakHashMap<>());

    private final Gate gate;

    Connections(final Wills wills, final Gate gate) {
        this.wills = wills;
        this.gate = gate;
    }

    /** HiveMQ asks once for each connection, at its CONNECT. */
    @Override
    public ClientLifecycleEventListener getClientLifecycleEventListener(
            final ClientLifecycleEventListenerProviderInput input) {
        final ConnectionLife life = new ConnectionLife(wills, gate);
        lives.put(input.getConnectionInformation(), life);
        return life;
    }

    /** The connection's life so far, for its initializer: from then on nobody asks again. */
    ConnectionLife take(final ConnectionInformation connection) {
        final ConnectionLife life = lives.remove(connection);
        return life == null ? new ConnectionLife(wills, gate) : life;
    }
}
