package io.kafkabridge.auth;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.auth.permissions.Acl;
import io.kafkabridge.auth.permissions.ClientRules;
import io.kafkabridge.common.LimitedLog;

/**
 * The connections whose password was right, to apply changed files to them. Thread safe.
 *
 * <p>A state belongs to a connection, not to a client id: of an id, one may be connected, a second just have its password
 * checked, and a third be refused for its last will. HiveMQ makes one {@link ConnectionInformation} for each. It tells no end of
 * those that fail early, so the keys are weak: an entry goes with its connection at the latest.
 *
 * <p>Who adds or connects a login does so before it looks at the files, and who changes the files does so before it looks at the
 * logins: one of the two sees the other.
 */
final class ConnectedClients {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectedClients.class);

    private final Cache<ConnectionInformation, Login> logins =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /** What {@link #settle} still has to do: disconnect a login, or look through its subscriptions. */
    private final Map<Login, Unsettled> unsettled = new ConcurrentHashMap<>();

    private enum Unsettled {
        REVOKED,
        REVOKED_WITHOUT_WILL,
        SUBSCRIPTIONS
    }

    private final LimitedLog<Failure> failures = new LimitedLog<>((count, failure) -> LOG.warn(
            "HiveMQ could not apply the changed files {} times, the latest time to client '{}'; it is asked again each second.",
            count,
            failure.clientId(),
            failure.cause()));

    private record Failure(String clientId, Throwable cause) {}

    private final CurrentFiles files;
    private final Permissions permissions;
    private final ClientService clients;
    private final SubscriptionStore subscriptions;

    ConnectedClients(
            final CurrentFiles files,
            final Permissions permissions,
            final ClientService clients,
            final SubscriptionStore subscriptions) {
        this.files = files;
        this.permissions = permissions;
        this.clients = clients;
        this.subscriptions = subscriptions;
    }

    /** A password was right: the connection gets its permissions, and follows the files from now on. */
    void add(final ConnectionInformation connection, final Login login) {
        permissions.give(login.rules(), login.permissions());
        logins.put(connection, login);
    }

    /** The login of a connection; empty when it has none, or another extension let it in. */
    Optional<Login> find(final ConnectionInformation connection) {
        return Optional.ofNullable(logins.getIfPresent(connection));
    }

    /** HiveMQ lets the connection in. What changed since its password was checked counts now. */
    void connected(final Login login) {
        login.connect();
        follow(login, true);
        if (login.resumesSession()) {
            removeForbiddenSubscriptions(login);
        }
    }

    /** The connection has ended, or was refused; returns its login. */
    Optional<Login> remove(final ConnectionInformation connection) {
        final Optional<Login> login = find(connection);
        login.ifPresent(ending -> {
            ending.end();
            logins.invalidate(connection);
            unsettled.remove(ending);
        });
        return login;
    }

    /**
     * Applies changed files: connections whose user is gone or has another password are disconnected, the others get their new
     * permissions and lose the subscriptions that these don't allow.
     */
    void apply() {
        logins.asMap().values().forEach(login -> follow(login, false));
    }

    /** Does what {@link #apply} couldn't: HiveMQ limits how much an extension may ask. To be called once a second. */
    void settle() {
        unsettled.forEach((login, what) -> {
            unsettled.remove(login, what);
            if (what == Unsettled.SUBSCRIPTIONS) {
                removeForbiddenSubscriptions(login);
            } else {
                disconnect(login, what == Unsettled.REVOKED_WITHOUT_WILL);
            }
        });
        failures.tick();
    }

    /**
     * Two threads may bring a login up to date. Each reads the files inside, so that the last one has the newest.
     *
     * @param isNew whether HiveMQ is just letting it in: its last will doesn't count yet
     */
    private void follow(final Login login, final boolean isNew) {
        synchronized (login) {
            if (files.stillHas(login.user(), login.hash())) {
                files.acl().get().ifPresent(acl -> update(login, acl));
            } else {
                revoke(login, isNew);
            }
        }
    }

    private void update(final Login login, final Acl acl) {
        final ClientRules rules = acl.rulesFor(login.user(), login.clientId());
        if (!rules.equals(login.rules())) {
            replace(login, rules);
            if (login.isConnected()) {
                removeForbiddenSubscriptions(login);
                // A subscription that the old rules allowed may be on its way into HiveMQ's store.
                unsettled.put(login, Unsettled.SUBSCRIPTIONS);
            }
        }
    }

    private void replace(final Login login, final ClientRules rules) {
        login.rules(rules);
        permissions.replace(rules, login.permissions());
    }

    /** Takes all permissions at once. One that HiveMQ hasn't let in yet is disconnected when it does. */
    private void revoke(final Login login, final boolean withoutWill) {
        if (!login.rules().equals(ClientRules.NONE)) {
            replace(login, ClientRules.NONE);
        }
        if (login.isConnected()) {
            LOG.info("Disconnecting client '{}': user '{}' has changed.", login.clientId(), login.user());
            disconnect(login, withoutWill);
        }
    }

    private void disconnect(final Login login, final boolean withoutWill) {
        if (!login.isConnected()) {
            return;
        }
        clients.disconnectClient(
                        login.clientId(), withoutWill, DisconnectReasonCode.NOT_AUTHORIZED, "The user has changed")
                .exceptionally(failure -> {
                    failures.add(new Failure(login.clientId(), failure));
                    unsettled.put(login, withoutWill ? Unsettled.REVOKED_WITHOUT_WILL : Unsettled.REVOKED);
                    return false;
                });
    }

    /** Removes subscriptions, perhaps made on an earlier connection, that the client may not have any more. */
    private void removeForbiddenSubscriptions(final Login login) {
        if (!login.isConnected()) {
            return;
        }
        subscriptions
                .getSubscriptions(login.clientId())
                .thenCompose(existing -> {
                    final Set<String> forbidden = existing.stream()
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
                    failures.add(new Failure(login.clientId(), failure));
                    unsettled.putIfAbsent(login, Unsettled.SUBSCRIPTIONS);
                    return null;
                });
    }
}
