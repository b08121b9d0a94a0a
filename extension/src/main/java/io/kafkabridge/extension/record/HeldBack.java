package io.kafkabridge.extension.record;

import java.util.EnumSet;
import java.util.Set;

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
