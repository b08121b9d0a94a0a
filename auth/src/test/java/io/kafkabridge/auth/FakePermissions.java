package io.kafkabridge.auth;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.services.builder.TopicPermissionBuilder;

/** HiveMQ's permission list, with a record of every state it was in. HiveMQ's own needs a running broker. */
final class FakePermissions implements ModifiableDefaultPermissions {

    final List<List<String>> states = new ArrayList<>();
    private List<TopicPermission> permissions = List.of();
    private DefaultAuthorizationBehaviour behaviour = DefaultAuthorizationBehaviour.ALLOW;

    /** The list as {@code deny all a/#} and the like. */
    List<String> texts() {
        return permissions.stream()
                .map(permission -> (permission.getType() + " " + permission.getActivity()).toLowerCase(Locale.ROOT)
                        + " " + permission.getTopicFilter())
                .toList();
    }

    @Override
    public List<TopicPermission> asList() {
        return permissions;
    }

    @Override
    public void add(TopicPermission permission) {
        addAll(List.of(permission));
    }

    @Override
    public void addAll(Collection<? extends TopicPermission> added) {
        List<TopicPermission> list = new ArrayList<>(permissions);
        list.addAll(added);
        set(list);
    }

    @Override
    public void remove(TopicPermission permission) {
        set(permissions.stream().filter(other -> other != permission).toList());
    }

    @Override
    public void clear() {
        set(List.of());
    }

    private void set(List<TopicPermission> list) {
        permissions = List.copyOf(list);
        states.add(texts());
    }

    @Override
    public DefaultAuthorizationBehaviour getDefaultBehaviour() {
        return behaviour;
    }

    @Override
    public void setDefaultBehaviour(DefaultAuthorizationBehaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    /** Builds permissions that hold a filter, a type and an activity. */
    static TopicPermissionBuilder builder() {
        List<Object> set = new ArrayList<>();
        return (TopicPermissionBuilder) Proxy.newProxyInstance(
                FakePermissions.class.getClassLoader(),
                new Class<?>[] {TopicPermissionBuilder.class},
                (builder, method, arguments) -> {
                    if (method.getName().equals("build")) {
                        return permission((String) set.get(0), set.get(1), set.get(2));
                    }
                    set.add(arguments[0]);
                    return builder;
                });
    }

    private static TopicPermission permission(String filter, Object type, Object activity) {
        return (TopicPermission) Proxy.newProxyInstance(
                FakePermissions.class.getClassLoader(),
                new Class<?>[] {TopicPermission.class},
                (permission, method, arguments) -> switch (method.getName()) {
                    case "getTopicFilter" -> filter;
                    case "getType" -> type;
                    case "getActivity" -> activity;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
