package io.kafkabridge.extension.record;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Glob;
import io.kafkabridge.extension.model.PublishFilter;
import io.kafkabridge.extension.model.PublishFilter.Retained;

/** Lets the publishes through that a mapping's {@code <filter>} wants. Thread-safe. */
final class Gate {

    private final PublishFilter filter;

    Gate(final PublishFilter filter) {
        this.filter = filter;
    }

    /** The first condition that doesn't hold; null when all hold. The cheap ones come first. */
    @Nullable
    HeldBack holdsBack(final Publish publish) {
        if (publish.qos() < filter.minQos()) {
            return HeldBack.QOS;
        }
        if (filter.retained() != Retained.ANY && publish.retain() != (filter.retained() == Retained.ONLY)) {
            return HeldBack.RETAIN;
        }
        if (publish.payload().length < filter.minPayload() || publish.payload().length > filter.maxPayload()) {
            return HeldBack.PAYLOAD_SIZE;
        }
        if (!matches(filter.clientIds(), publish.client().id())) {
            return HeldBack.CLIENT_ID;
        }
        if (!matches(filter.usernames(), publish.client().username())) {
            return HeldBack.USERNAME;
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
}
