package io.kafkabridge.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.PermissionType;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.services.builder.TopicPermissionBuilder;

import io.kafkabridge.auth.permissions.Access;
import io.kafkabridge.auth.permissions.ClientRules;
import io.kafkabridge.auth.permissions.Rule;

/**
 * Writes a client's rules as HiveMQ's default permissions, of which the first that matches decides. Thread safe.
 *
 * <p>HiveMQ takes {@code #} in a subscription for any one level and doesn't look whether a subscription includes a
 * denied topic. Subscriptions are therefore checked by {@link SubscriptionGuard} first, which renames what it refuses
 * into {@link #REFUSED}; the first permission denies that.
 */
final class Permissions {

    /** Where refused subscriptions go: nobody can publish or subscribe there. */
    static final String REFUSED = "$refused";

    private final Supplier<TopicPermissionBuilder> builders;

    Permissions(Supplier<TopicPermissionBuilder> builders) {
        this.builders = builders;
    }

    /** Gives a new client its permissions. */
    void give(ClientRules rules, ModifiableDefaultPermissions permissions) {
        permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        permissions.clear();
        permissions.addAll(translate(rules));
    }

    /**
     * Gives a connected client other permissions. At no moment is anything allowed that neither the old nor the new
     * rules allow, or denied that both allow: the new ones come after the old, then the old go, allowing ones first.
     */
    void replace(ClientRules rules, ModifiableDefaultPermissions permissions) {
        List<TopicPermission> old = List.copyOf(permissions.asList());
        permissions.addAll(translate(rules));
        old.stream()
                .filter(permission -> permission.getType() == PermissionType.ALLOW)
                .forEach(permissions::remove);
        old.stream()
                .filter(permission -> permission.getType() == PermissionType.DENY)
                .forEach(permissions::remove);
    }

    private List<TopicPermission> translate(ClientRules rules) {
        List<TopicPermission> permissions = new ArrayList<>();
        permissions.add(permission(PermissionType.DENY, MqttActivity.ALL, REFUSED + "/#"));
        for (Rule rule : rules.inOrder()) {
            PermissionType type = rule.access() == Access.DENY ? PermissionType.DENY : PermissionType.ALLOW;
            permissions.add(
                    permission(type, activity(rule.access()), rule.filter().toString()));
        }
        return permissions;
    }

    private TopicPermission permission(PermissionType type, MqttActivity activity, String filter) {
        return builders.get().topicFilter(filter).type(type).activity(activity).build();
    }

    private static MqttActivity activity(Access access) {
        return switch (access) {
            case READ -> MqttActivity.SUBSCRIBE;
            case WRITE -> MqttActivity.PUBLISH;
            case READWRITE, DENY -> MqttActivity.ALL;
        };
    }
}
