package io.kafkabridge.extension.intake;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationFailedInput;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ClientInitiatedDisconnectInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.record.MqttClient;

/**
 * One MQTT connection from its CONNECT to its end, with what only the CONNECT tells: user name and last will. Decides as
 * HiveMQ CE does whether its end is one that the will is for.
 *
 * <p>HiveMQ calls it, and initializes the client, on the client's queue: one after the other.
 */
final class ConnectionLife implements ClientLifecycleEventListener {

    private final Wills wills;
    private final Gate gate;

    private @Nullable String username;
    private @Nullable WillPublishPacket packet;
    private long sessionExpiry;
    private boolean cleanStart;

    /** Set once HiveMQ has let the client in. */
    private @Nullable Will will;

    private @Nullable ClientContext context;
    private boolean ended;

    ConnectionLife(final Wills wills, final Gate gate) {
        this.wills = wills;
        this.gate = gate;
    }

    /** After the interceptors of other extensions: what they changed is in the packet. */
    @Override
    public void onMqttConnectionStart(final ConnectionStartInput input) {
        final ConnectPacket connect = input.getConnectPacket();
        username = connect.getUserName().orElse(null);
        packet = connect.getWillPublish().orElse(null);
        sessionExpiry = connect.getSessionExpiryInterval();
        cleanStart = connect.getCleanStart();
    }

    /** From here on HiveMQ ends an earlier connection of the client, and what that has left. */
    @Override
    public void onAuthenticationSuccessful(final AuthenticationSuccessfulInput input) {
        if (will == null) { // Else it authenticates again.
            wills.clientIsBack(input.getClientInformation().getClientId(), this);
        }
    }

    /** HiveMQ lets the client in; before this, it sends no will. */
    void accept(final MqttClient client, final ClientContext clientContext) {
        if (packet != null) {
            context = clientContext;
            will = new Will(PacketSnapshot.ofWill(packet, client), packet.getWillDelay(), sessionExpiry);
            packet = null;
            wills.add(will);
        }
    }

    @Override
    public void onClientInitiatedDisconnect(final ClientInitiatedDisconnectInput input) {
        end(input.getReasonCode().orElse(null) != DisconnectedReasonCode.NORMAL_DISCONNECTION);
    }

    /** HiveMQ ended it, or it was lost. */
    @Override
    public void onDisconnect(final DisconnectEventInput input) {
        end(true);
    }

    /** Of a client that was let in: it failed to authenticate again, or another extension took the will's permission away. */
    @Override
    public void onAuthenticationFailedDisconnect(final AuthenticationFailedInput input) {
        end(will != null
                && context != null
                && PublishPermissions.allowWill(context.getDefaultPermissions(), will.publish()));
        gate.refused(input.getReasonString());
    }

    /** The first end counts. */
    private void end(final boolean sendsWill) {
        final Will ending = will;
        if (!ended && ending != null) {
            if (sendsWill) {
                wills.connectionEnded(ending);
            } else {
                wills.discard(ending);
            }
        }
        ended = true;
        will = null;
        context = null;
        packet = null;
    }

    @Nullable
    String username() {
        return username;
    }

    boolean isCleanStart() {
        return cleanStart;
    }

    boolean hasEnded() {
        return ended;
    }
}
