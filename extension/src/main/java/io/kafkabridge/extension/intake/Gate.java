package io.kafkabridge.extension.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.AuthenticatorProviderInput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.services.auth.provider.AuthenticatorProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While it is closed, nothing can be stored: clients are told at their CONNECT that the server is unavailable, before any
 * extension of a lower priority is asked. Who decides before may let one in all the same; it is disconnected, and what it sends
 * meanwhile isn't acknowledged. Once open, it takes no part in who may connect. It begins open. Thread-safe.
 */
public final class Gate implements AuthenticatorProvider {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    /** What HiveMQ CE gives as the reason when no extension says who may connect. */
    private static final String NO_AUTHENTICATOR = "no authenticator registered";

    private static final SimpleAuthenticator REFUSAL = (input, output) -> output.failAuthentication(
            ConnackReasonCode.SERVER_UNAVAILABLE, "Messages can't be stored now; try again later");

    private final List<Runnable> kept = new ArrayList<>();
    private final AtomicBoolean toldOfNoAuthenticator = new AtomicBoolean();
    private volatile boolean closed;

    /** Makes one that is open. */
    public Gate() {}

    /** From now on, nobody is let in. */
    public void close() {
        closed = true;
    }

    /** From now on, everybody may come; what was kept goes first. */
    public synchronized void open() {
        kept.forEach(Runnable::run);
        kept.clear();
        closed = false;
    }

    /** Whether it is closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Does something once the gate is open. Never throws on its own account; what is done must not throw. */
    synchronized void whenOpen(final Runnable action) {
        if (closed) {
            kept.add(action);
        } else {
            action.run();
        }
    }

    /** Why a client is disconnected while it is closed. */
    static IllegalStateException closedError() {
        return new IllegalStateException("the bridge is closed, since its configuration can't be used");
    }

    /** HiveMQ asks for each connection; with none given, it goes by the other extensions as if this one weren't there. */
    @Override
    public @Nullable SimpleAuthenticator getAuthenticator(final AuthenticatorProviderInput input) {
        return closed ? REFUSAL : null;
    }

    /**
     * A client was refused. HiveMQ warns at its start when no extension says who may connect; while there is a gate, it takes that
     * for one, so the warning comes here.
     *
     * @param reason what HiveMQ gives as the reason
     */
    void refused(final Optional<String> reason) {
        if (reason.filter(text -> text.contains(NO_AUTHENTICATOR)).isPresent()
                && toldOfNoAuthenticator.compareAndSet(false, true)) {
            LOG.warn(
                    "No security extension present: no MQTT client can connect to this broker. Install one that says who may,"
                            + " HiveMQ File Auth for example, and restart HiveMQ.");
        }
    }
}
