package io.kafkabridge.extension.record;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Glob;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.model.PublishFilter;
import io.kafkabridge.extension.model.PublishFilter.Retained;

/** Why a mapping doesn't forward a publish that its topic filters match: the condition that doesn't hold. */
public enum HeldBack {
    QOS("qos"),
    RETAIN("retain"),
    CLIENT_ID("client-id"),
    USERNAME("username"),
    PAYLOAD_SIZE("payload-size"),
    CONDITION("condition");

    private final String reason;

    HeldBack(final String reason) {
        this.reason = reason;
    }

    /** Its name in metrics. */
    public String reason() {
        return reason;
    }

    /** The first condition that doesn't hold; null when all hold. The cheap ones come first. */
    static @Nullable HeldBack by(final PublishFilter filter, final Publish publish) {
        if (publish.qos() < filter.minQos()) {
            return QOS;
        }
        if (filter.retained() != Retained.ANY && publish.retain() != (filter.retained() == Retained.ONLY)) {
            return RETAIN;
        }
        if (publish.payload().length < filter.minPayload() || publish.payload().length > filter.maxPayload()) {
            return PAYLOAD_SIZE;
        }
        if (!matches(filter.clientIds(), publish.client().id())) {
            return CLIENT_ID;
        }
        if (!matches(filter.usernames(), publish.client().username())) {
            return USERNAME;
        }
        return null;
    }

    private static boolean matches(final List<Glob> patterns, final @Nullable String name) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (int i = 0; name != null && i < patterns.size(); i++) {
            if (patterns.get(i).matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** The conditions that a mapping has. */
    public static Set<HeldBack> of(final Mapping mapping) {
        final PublishFilter filter = mapping.filter();
        final Set<HeldBack> all = EnumSet.noneOf(HeldBack.class);
        add(all, QOS, filter.minQos() > 0);
        add(all, RETAIN, filter.retained() != Retained.ANY);
        add(all, CLIENT_ID, !filter.clientIds().isEmpty());
        add(all, USERNAME, !filter.usernames().isEmpty());
        add(all, PAYLOAD_SIZE, filter.minPayload() > 0 || filter.maxPayload() < Long.MAX_VALUE);
        add(all, CONDITION, mapping.json().flatMap(json -> json.condition()).isPresent());
        return all;
    }

    private static void add(final Set<HeldBack> all, final HeldBack condition, final boolean present) {
        if (present) {
            all.add(condition);
        }
    }
}
