package io.kafkabridge.extension.intake;

import java.util.List;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.PermissionType;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.Retain;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.general.Qos;

import io.kafkabridge.extension.record.Publish;

/**
 * Tells whether HiveMQ CE is going to accept a publish. Interceptors run before CE authorizes, so the bridge must know by
 * itself: it evaluates a client's default permissions by CE's own rules. The first permission that covers activity, QoS,
 * retain flag and topic decides; when none does, the default behaviour decides.
 */
final class PublishPermissions {

    private PublishPermissions() {}

    static boolean allow(
            final ModifiableDefaultPermissions permissions, final String topic, final Qos qos, final boolean retain) {
        if (topic.isEmpty() || topic.charAt(0) == '$' || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            return false; // CE disconnects whoever publishes to such a topic.
        }
        return evaluate(permissions, topic, qos, retain);
    }

    /** Whether CE lets a client in with that last will. For wills it has no rule about topics that start with a dollar sign. */
    static boolean allowWill(final ModifiableDefaultPermissions permissions, final Publish will) {
        return evaluate(permissions, will.topic(), Qos.valueOf(will.qos()), will.retain());
    }

    private static boolean evaluate(
            final ModifiableDefaultPermissions permissions, final String topic, final Qos qos, final boolean retain) {
        final List<TopicPermission> list = permissions.asList();
        for (int i = 0; i < list.size(); i++) {
            final TopicPermission permission = list.get(i);
            if (covers(permission, topic, qos, retain)) {
                return permission.getType() == PermissionType.ALLOW;
            }
        }
        return permissions.getDefaultBehaviour() == DefaultAuthorizationBehaviour.ALLOW;
    }

    private static boolean covers(
            final TopicPermission permission, final String topic, final Qos qos, final boolean retain) {
        return permission.getActivity() != MqttActivity.SUBSCRIBE
                && permission.getPublishRetain() != (retain ? Retain.NOT_RETAINED : Retain.RETAINED)
                && coversQos(permission.getQos(), qos)
                && coversTopic(permission.getTopicFilter(), topic);
    }

    private static boolean coversQos(final TopicPermission.Qos permission, final Qos qos) {
        return switch (permission) {
            case ALL -> true;
            case ZERO -> qos == Qos.AT_MOST_ONCE;
            case ONE -> qos == Qos.AT_LEAST_ONCE;
            case TWO -> qos == Qos.EXACTLY_ONCE;
            case ZERO_ONE -> qos != Qos.EXACTLY_ONCE;
            case ONE_TWO -> qos != Qos.AT_MOST_ONCE;
            case ZERO_TWO -> qos != Qos.AT_LEAST_ONCE;
        };
    }

    /**
     * Matches as CE does for permissions, which isn't quite as for subscriptions: slashes at the end of a filter count for
     * nothing, a {@code #} covers topics that start with {@code $}, and a filter without wildcards covers the topic with
     * and without slashes at its end.
     */
    static boolean coversTopic(final String permissionFilter, final String topic) {
        final int filterEnd = withoutSlashes(permissionFilter);
        if (!hasWildcard(permissionFilter)) {
            final int topicEnd = topic.length() > 1 ? withoutSlashes(topic) : topic.length();
            return filterEnd == topicEnd && permissionFilter.regionMatches(0, topic, 0, filterEnd);
        }
        int filterAt = 0;
        int topicAt = 0;
        while (filterAt <= filterEnd && topicAt <= topic.length()) {
            final int filterNext = levelEnd(permissionFilter, filterAt, filterEnd);
            final int topicNext = levelEnd(topic, topicAt, topic.length());
            final int length = filterNext - filterAt;
            if (!permissionFilter.regionMatches(filterAt, topic, topicAt, Math.max(length, topicNext - topicAt))) {
                final char first = length == 1 ? permissionFilter.charAt(filterAt) : '/';
                if (first == '#') {
                    return true;
                }
                if (first != '+') {
                    return false;
                }
            }
            filterAt = filterNext + 1;
            topicAt = topicNext + 1;
        }
        final boolean filterDone = filterAt > filterEnd;
        final boolean topicDone = topicAt > topic.length();
        final boolean hashIsLeft = filterAt == filterEnd - 1 && permissionFilter.charAt(filterAt) == '#';
        return topicDone && (filterDone || hashIsLeft);
    }

    private static boolean hasWildcard(final String filter) {
        return filter.indexOf('#') >= 0 || filter.indexOf('+') >= 0;
    }

    private static int withoutSlashes(final String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return end;
    }

    private static int levelEnd(final String text, final int start, final int end) {
        final int slash = text.indexOf('/', start);
        return slash < 0 || slash > end ? end : slash;
    }
}
