package io.kafkabridge.auth;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import org.junit.jupiter.api.Test;

import io.kafkabridge.auth.permissions.Acl;
import io.kafkabridge.auth.permissions.AclFormat;
import io.kafkabridge.auth.users.BcryptHash;
import io.kafkabridge.auth.users.HtpasswdFormat;
import io.kafkabridge.auth.users.Users;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectedClientsTest {

    private static final String HASH = "$2y$05$y5y3ancO0C/Gc6F/UeUxte6pEzYMky2jxUs5llR00wjcUFb0a04qy";
    private static final String OTHER_HASH = HASH.replace("y5y3", "abcd");

    private final List<String> calls = new ArrayList<>();
    private Users users = users("alice:" + HASH);
    private Acl acl = acl("user alice\ntopic read a/#\ntopic read b");
    private boolean overloaded;

    private final ConnectedClients clients = new ConnectedClients(
            new CurrentFiles(() -> Optional.of(users), () -> Optional.of(acl)),
            new Permissions(FakePermissions::builder),
            fake(ClientService.class, (service, method, arguments) -> {
                calls.add("disconnect " + arguments[0] + (arguments[1].equals(true) ? " without will" : ""));
                return overloaded
                        ? CompletableFuture.failedFuture(new IllegalStateException("rate limit"))
                        : CompletableFuture.completedFuture(true);
            }),
            fake(SubscriptionStore.class, (store, method, arguments) -> {
                if (overloaded) {
                    return CompletableFuture.failedFuture(new IllegalStateException("rate limit"));
                }
                if (method.getName().equals("getSubscriptions")) {
                    return CompletableFuture.completedFuture(Set.of(subscription("a/x"), subscription("b")));
                }
                calls.add("remove " + arguments[1] + " of " + arguments[0]);
                return CompletableFuture.completedFuture(null);
            }));
    private final ConnectionInformation connection = connection();
    private final FakePermissions permissions = new FakePermissions();

    @Test
    void apply_withUnchangedFiles_changesNothing() {
        connect(connection, permissions);

        clients.apply();

        assertThat(calls).isEmpty();
    }

    @Test
    void apply_withoutTheUser_disconnects() {
        // Given
        connect(connection, permissions);

        // When
        users = users("");
        clients.apply();

        // Then
        assertThat(calls).containsExactly("disconnect id");
        assertThat(permissions.texts()).containsExactly("deny all $refused/#");
    }

    @Test
    void apply_withAnotherPassword_disconnects() {
        connect(connection, permissions);

        users = users("alice:" + OTHER_HASH);
        clients.apply();

        assertThat(calls).containsExactly("disconnect id");
    }

    @Test
    void apply_withOtherPermissions_countsAtOnce_andEndsForbiddenSubscriptions() {
        connect(connection, permissions);

        acl = acl("user alice\ntopic read b\ntopic write c");
        clients.apply();

        assertThat(permissions.texts()).containsExactly("deny all $refused/#", "allow subscribe b", "allow publish c");
        assertThat(calls).containsExactly("remove [a/x] of id");
    }

    /** The second one had the right password, but HiveMQ didn't let it in: for its last will, say. */
    @Test
    void apply_afterAnotherConnectionOfTheIdWasRefused_reachesTheFirst() {
        // Given
        connect(connection, permissions);
        final ConnectionInformation refused = connection();
        final FakePermissions ofRefused = new FakePermissions();
        clients.add(refused, login(ofRefused, false));

        // When
        acl = acl("user alice\ntopic read b");
        clients.apply();
        users = users("");
        clients.apply();

        // Then
        assertThat(calls).containsExactly("remove [a/x] of id", "disconnect id");
        assertThat(permissions.texts()).containsExactly("deny all $refused/#");
        assertThat(ofRefused.texts()).containsExactly("deny all $refused/#");
    }

    @Test
    void connected_afterTheUserWasDeleted_disconnects() {
        // Given that its password was right
        final Login login = login(permissions, false);
        clients.add(connection, login);

        // When
        users = users("");
        clients.apply();
        assertThat(calls).isEmpty(); // The client id would mean another connection.
        clients.connected(login);

        // Then
        assertThat(permissions.texts()).containsExactly("deny all $refused/#");
        assertThat(calls).containsExactly("disconnect id without will");
    }

    /** The change came, but whoever applies it hasn't begun. */
    @Test
    void connected_looksAtTheFilesByItself() {
        // Given
        final Login login = login(permissions, false);
        clients.add(connection, login);
        acl = acl("user alice\ntopic read b");

        // When
        clients.connected(login);

        // Then
        assertThat(permissions.texts()).containsExactly("deny all $refused/#", "allow subscribe b");
    }

    @Test
    void connected_withAnEarlierSession_endsForbiddenSubscriptions() {
        // Given
        acl = acl("user alice\ntopic read b");
        final Login login = login(permissions, true);
        clients.add(connection, login);

        // When
        clients.connected(login);

        // Then
        assertThat(calls).containsExactly("remove [a/x] of id");
    }

    @Test
    void remove_ofTheOneBefore_leavesTheNewOneInReach() {
        // Given a takeover
        connect(connection, permissions);
        final FakePermissions newer = new FakePermissions();
        connect(connection(), newer);
        clients.remove(connection);

        // When
        acl = acl("");
        users = users("");
        clients.apply();

        // Then
        assertThat(permissions.texts()).contains("allow subscribe b");
        assertThat(newer.texts()).containsExactly("deny all $refused/#");
        assertThat(calls).containsExactly("disconnect id");
    }

    @Test
    void remove_endsIt() {
        // Given
        connect(connection, permissions);

        // When
        assertThat(clients.remove(connection)).isPresent();
        users = users("");
        clients.apply();
        clients.settle();

        // Then
        assertThat(clients.find(connection)).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void settle_disconnectsAgain_untilTheConnectionHasEnded() {
        // Given
        connect(connection, permissions);
        overloaded = true;
        users = users("");
        clients.apply();

        // When
        clients.settle();
        clients.remove(connection);
        clients.settle();

        // Then
        assertThat(calls).containsExactly("disconnect id", "disconnect id");
    }

    /** A subscription that the old rules allowed may be on its way into HiveMQ's store. */
    @Test
    void settle_looksForForbiddenSubscriptionsAgain() {
        // Given
        connect(connection, permissions);
        overloaded = true;
        acl = acl("user alice\ntopic read b");
        clients.apply();
        clients.settle();

        // When
        overloaded = false;
        clients.settle();
        clients.settle();

        // Then
        assertThat(calls).containsExactly("remove [a/x] of id");
    }

    private void connect(final ConnectionInformation information, final FakePermissions defaultPermissions) {
        final Login login = login(defaultPermissions, false);
        clients.add(information, login);
        clients.connected(login);
    }

    private Login login(final FakePermissions defaultPermissions, final boolean resumesSession) {
        final BcryptHash hash = BcryptHash.parse(HASH).orElseThrow();
        return new Login("id", "alice", hash, resumesSession, "", defaultPermissions, acl.rulesFor("alice", "id"));
    }

    private static ConnectionInformation connection() {
        return fake(ConnectionInformation.class, (connection, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(connection);
            case "equals" -> connection == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static TopicSubscription subscription(String filter) {
        return fake(TopicSubscription.class, (subscription, method, arguments) -> switch (method.getName()) {
            case "getTopicFilter" -> filter;
            case "hashCode" -> filter.hashCode();
            case "equals" -> subscription == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(ConnectedClientsTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Users users(String text) {
        return HtpasswdFormat.parse(text).content();
    }

    private static Acl acl(String text) {
        return AclFormat.parse(text).content();
    }
}
