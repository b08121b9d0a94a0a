package io.kafkabridge.auth;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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
    private static final Users USERS = users("alice:" + HASH);
    private static final Acl ACL = acl("user alice\ntopic read a/#\ntopic read b");

    private final List<String> calls = new ArrayList<>();
    private final ConnectedClients clients = new ConnectedClients(
            new Permissions(FakePermissions::builder),
            fake(ClientService.class, (service, method, arguments) -> {
                calls.add("disconnect " + arguments[0]);
                return CompletableFuture.completedFuture(true);
            }),
            fake(SubscriptionStore.class, (store, method, arguments) -> {
                if (method.getName().equals("getSubscriptions")) {
                    return CompletableFuture.completedFuture(Set.of(subscription("a/x"), subscription("b")));
                }
                calls.add("remove " + arguments[1] + " of " + arguments[0]);
                return CompletableFuture.completedFuture(null);
            }));
    private final FakePermissions permissions = new FakePermissions();

    @Test
    void unchangedFiles_changeNothing() {
        connect("id", permissions);

        clients.apply(USERS, ACL);

        assertThat(calls).isEmpty();
    }

    @Test
    void removedUser_isDisconnected() {
        connect("id", permissions);

        clients.apply(users(""), ACL);

        assertThat(calls).containsExactly("disconnect id");
        assertThat(clients.find(permissions)).isEmpty();
    }

    @Test
    void changedPassword_disconnects() {
        connect("id", permissions);

        clients.apply(users("alice:" + OTHER_HASH), ACL);

        assertThat(calls).containsExactly("disconnect id");
    }

    @Test
    void changedPermissions_countAtOnce_andEndForbiddenSubscriptions() {
        connect("id", permissions);

        clients.apply(USERS, acl("user alice\ntopic read b\ntopic write c"));

        assertThat(permissions.texts()).containsExactly("deny all $refused/#", "allow subscribe b", "allow publish c");
        assertThat(calls).containsExactly("remove [a/x] of id");
    }

    @Test
    void connectionThatWasTakenOver_isLeftAlone() {
        FakePermissions newer = new FakePermissions();
        connect("id", permissions);
        connect("id", newer);

        clients.apply(USERS, acl(""));

        assertThat(permissions.texts()).contains("allow subscribe b");
        assertThat(newer.texts()).containsExactly("deny all $refused/#");
    }

    private void connect(String clientId, FakePermissions defaultPermissions) {
        BcryptHash hash = BcryptHash.parse(HASH).orElseThrow();
        clients.add(new Login(clientId, "alice", hash, false, ACL.rulesFor("alice", clientId)), defaultPermissions);
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
