package io.kafkabridge.auth.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kafkabridge.common.TopicFilter;

/** The permissions of one version of the permissions file. Immutable. */
public final class Acl {

    private static final Rule DENY_ALL = new Rule(Access.DENY, TopicFilter.ALL);

    private final Map<String, List<Rule>> rules;
    private final List<PatternRule> patterns;

    Acl(Map<String, List<Rule>> rules, List<PatternRule> patterns) {
        this.rules = Map.copyOf(rules);
        this.patterns = List.copyOf(patterns);
    }

    /**
     * The rules of one client: those of its user and all patterns. A pattern that the client's name or id would turn
     * into another filter is skipped; if it denies, everything is denied, since nobody knows what it was to protect.
     */
    public ClientRules rulesFor(String user, String clientId) {
        List<Rule> denied = new ArrayList<>();
        List<Rule> allowed = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        List<Rule> all = new ArrayList<>(rules.getOrDefault(user, List.of()));
        for (PatternRule pattern : patterns) {
            pattern.forClient(user, clientId).ifPresentOrElse(all::add, () -> {
                skipped.add(pattern.pattern().toString());
                if (pattern.access() == Access.DENY) {
                    all.add(DENY_ALL);
                }
            });
        }
        all.forEach(rule -> (rule.access() == Access.DENY ? denied : allowed).add(rule));
        return new ClientRules(denied, allowed, skipped);
    }
}
