package io.kafkabridge.auth.permissions;

import io.kafkabridge.common.TopicFilter;

/**
 * What a client may or may not do with the topics of a filter.
 *
 * @param access what it says
 * @param filter the topics it is about
 */
public record Rule(Access access, TopicFilter filter) {

    boolean allowsSubscribing(TopicFilter subscription) {
        return (access == Access.READ || access == Access.READWRITE) && filter.covers(subscription);
    }

    boolean denies(TopicFilter subscription) {
        return access == Access.DENY && filter.overlaps(subscription);
    }
}
