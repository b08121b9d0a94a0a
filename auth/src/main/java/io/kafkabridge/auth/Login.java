package io.kafkabridge.auth;

import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;

import io.kafkabridge.auth.permissions.ClientRules;
import io.kafkabridge.auth.users.BcryptHash;

/**
 * One connection whose password was right, until it ends. Thread safe.
 *
 * <p>Refers to none of HiveMQ's objects that know the connection, so that it may be the value of a map with those as weak keys.
 */
final class Login {

    private final String clientId;
    private final String user;
    private final BcryptHash hash;
    private final boolean resumesSession;
    private final String willTopic;
    private final ModifiableDefaultPermissions permissions;
    private volatile ClientRules rules;
    private volatile boolean connected;
    private volatile boolean ended;

    /**
     * A login that HiveMQ has not let in yet.
     *
     * @param hash what the password was checked against
     * @param resumesSession whether the client may have subscriptions from an earlier connection
     * @param willTopic where its last will goes, for which HiveMQ may still refuse it; empty when it has none
     * @param permissions the connection's own, which HiveMQ decides by
     * @param rules what stands in them
     */
    Login(
            final String clientId,
            final String user,
            final BcryptHash hash,
            final boolean resumesSession,
            final String willTopic,
            final ModifiableDefaultPermissions permissions,
            final ClientRules rules) {
        this.clientId = clientId;
        this.user = user;
        this.hash = hash;
        this.resumesSession = resumesSession;
        this.willTopic = willTopic;
        this.permissions = permissions;
        this.rules = rules;
    }

    String clientId() {
        return clientId;
    }

    String user() {
        return user;
    }

    BcryptHash hash() {
        return hash;
    }

    boolean resumesSession() {
        return resumesSession;
    }

    String willTopic() {
        return willTopic;
    }

    ModifiableDefaultPermissions permissions() {
        return permissions;
    }

    ClientRules rules() {
        return rules;
    }

    void rules(final ClientRules newRules) {
        this.rules = newRules;
    }

    /** HiveMQ lets it in: from now on, what goes by the client id goes to this connection. */
    void connect() {
        connected = true;
    }

    void end() {
        ended = true;
    }

    /** Whether the client id means this connection: HiveMQ connects one of an id at a time. */
    boolean isConnected() {
        return connected && !ended;
    }

    boolean hasEnded() {
        return ended;
    }
}
