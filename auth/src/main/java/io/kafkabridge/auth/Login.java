package io.kafkabridge.auth;

import io.kafkabridge.auth.permissions.ClientRules;
import io.kafkabridge.auth.users.BcryptHash;

/**
 * A client that was let in. Thread safe.
 *
 * <p>Doesn't refer to the client's HiveMQ objects, so that it may be the value of a map with those as weak keys.
 */
final class Login {

    private final String clientId;
    private final String user;
    private final BcryptHash hash;
    private final boolean resumesSession;
    private volatile ClientRules rules;

    /**
     * @param hash what the password was checked against
     * @param resumesSession whether the client may have subscriptions from an earlier connection
     */
    Login(String clientId, String user, BcryptHash hash, boolean resumesSession, ClientRules rules) {
        this.clientId = clientId;
        this.user = user;
        this.hash = hash;
        this.resumesSession = resumesSession;
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

    ClientRules rules() {
        return rules;
    }

    void rules(ClientRules newRules) {
        this.rules = newRules;
    }
}
