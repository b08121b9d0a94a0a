package io.kafkabridge.auth;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.auth.permissions.Acl;
import io.kafkabridge.auth.permissions.ClientRules;
import io.kafkabridge.auth.users.BcryptHash;
import io.kafkabridge.auth.users.Users;

/**
 * The clients that are logged in, to apply changed files to them. They are known by the permission objects of their
 * connections, which HiveMQ drops when the connection ends. Thread safe.
 */
final class ConnectedClients {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectedClients.class);

    private final Cache<ModifiableDefaultPermissions, Login> logins =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();
    private final Cache<String, Login> newest =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    private final Permissions permissions;
    private final ClientService clients;
    private final SubscriptionStore subscriptions;

    ConnectedClients(Permissions permissions, ClientService clients, SubscriptionStore subscriptions) {
        this.permissions = permissions;
        this.clients = clients;
        this.subscriptions = subscriptions;
    }

    void add(Login login, ModifiableDefaultPermissions defaultPermissions) {
        permissions.give(login.rules(), defaultPermissions);
        logins.put(defaultPermissions, login);
        newest.put(login.clientId(), login);
    }

    void remove(ModifiableDefaultPermissions defaultPermissions) {
        logins.invalidate(defaultPermissions);
    }

    /** The login that a connection's permissions came from; empty when it was another extension that let it in. */
    Optional<Login> find(ModifiableDefaultPermissions defaultPermissions) {
        return Optional.ofNullable(logins.getIfPresent(defaultPermissions));
    }

    /**
     * Applies changed files: clients whose user is gone or has another password are disconnected, the others get their
     * new permissions and lose the subscriptions that these don't allow.
     */
    void apply(Users users, Acl acl) {
        logins.asMap().forEach((defaultPermissions, login) -> {
            if (newest.getIfPresent(login.clientId()) != login) {
                return;
            }
            if (isCurrent(login, users)) {
                update(login, defaultPermissions, acl);
            } else {
                logins.invalidate(defaultPermissions);
                disconnect(login);
            }
        });
    }

    private static boolean isCurrent(Login login, Users users) {
        Optional<BcryptHash> hash = users.hash(login.user());
        return hash.isPresent() && hash.get().equals(login.hash());
    }

    private void update(Login login, ModifiableDefaultPermissions defaultPermissions, Acl acl) {
        ClientRules rules = acl.rulesFor(login.user(), login.clientId());
        if (!rules.equals(login.rules())) {
            login.rules(rules);
            permissions.replace(rules, defaultPermissions);
            removeForbiddenSubscriptions(login);
        }
    }

    private void disconnect(Login login) {
        LOG.info("Disconnecting client '{}': user '{}' has changed.", login.clientId(), login.user());
        clients.disconnectClient(login.clientId(), false, DisconnectReasonCode.NOT_AUTHORIZED, "The user has changed")
                .exceptionally(failure -> {
                    LOG.warn(
                            "Could not disconnect client '{}', whose user has changed; it keeps its rights until it reconnects.",
                            login.clientId(),
                            failure);
                    return false;
                });
    }

    /** Removes subscriptions, perhaps made on an earlier connection, that the client may not have any more. */
    void removeForbiddenSubscriptions(Login login) {
        subscriptions
                .getSubscriptions(login.clientId())
                .thenCompose(existing -> {
                    Set<String> forbidden = existing.stream()
                            .map(TopicSubscription::getTopicFilter)
                            .filter(filter -> !login.rules().maySubscribe(filter))
                            .collect(Collectors.toSet());
                    if (forbidden.isEmpty()) {
                        return CompletableFuture.completedFuture(null);
                    }
                    LOG.info("Removing subscriptions that client '{}' may not have: {}.", login.clientId(), forbidden);
                    return subscriptions.removeSubscriptions(login.clientId(), forbidden);
                })
                .exceptionally(failure -> {
                    LOG.warn(
                            "Could not check the subscriptions of client '{}'; it keeps them until it reconnects.",
                            login.clientId(),
                            failure);
                    return null;
                });
    }
}
