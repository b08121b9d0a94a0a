package io.kafkabridge.auth.permissions;

import java.util.ArrayList;
import java.util.List;

import io.kafkabridge.common.TopicFilter;

/**
 * All that one client may do. What no rule allows is denied, and a rule that denies wins over those that allow.
 *
 * @param denied rules that deny
 * @param allowed rules that allow
 * @param skipped patterns that don't count for this client because its name or id has a character with a meaning in
 *     topic filters
 */
public record ClientRules(List<Rule> denied, List<Rule> allowed, List<String> skipped) {

    /** Nothing is allowed. */
    public static final ClientRules NONE = new ClientRules(List.of(), List.of(), List.of());

    public ClientRules {
        denied = List.copyOf(denied);
        allowed = List.copyOf(allowed);
        skipped = List.copyOf(skipped);
    }

    /** All rules in the order in which the first that matches decides. */
    public List<Rule> inOrder() {
        List<Rule> rules = new ArrayList<>(denied);
        rules.addAll(allowed);
        return rules;
    }

    /**
     * Whether the client may have a subscription: one rule allows all of its topics and none denies any of them.
     *
     * @param topicFilter the subscription's filter, with {@code $share/<group>/} if it is shared
     */
    public boolean maySubscribe(String topicFilter) {
        TopicFilter subscription = TopicFilter.ofSubscription(topicFilter);
        return denied.stream().noneMatch(rule -> rule.denies(subscription))
                && allowed.stream().anyMatch(rule -> rule.allowsSubscribing(subscription));
    }
}
