package io.kafkabridge.auth.permissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.common.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;

class AclTest {

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "a/x,              true",
        "a/+,              false",
        "a/+/x,            true",
        "a/#,              false",
        "a/secret,         false",
        "a/secret/deeper,  true",
        "#,                false",
        "b,                false",
        "one/x,            true",
        "one/+,            true",
        "one/#,            false",
        "$share/g/one/+,   true",
        "$share/g/one/#,   false",
        "out,              false",
    })
    void subscription_needsOneAllowingRuleAndNoDenyingOne(String filter, boolean allowed) {
        Acl acl = AclFormat.parse("""
                        user u
                        topic read a/#
                        topic readwrite one/+
                        topic write out
                        topic deny a/secret
                        """).content();

        assertThat(acl.rulesFor("u", "id").maySubscribe(filter)).isEqualTo(allowed);
    }

    @Test
    void denyingRules_comeFirstWhereverTheyStand() {
        Acl acl = AclFormat.parse("user u\ntopic read #\npattern deny %u/x\ntopic deny y\npattern read z")
                .content();

        assertThat(acl.rulesFor("u", "id").inOrder())
                .extracting(Rule::access)
                .containsExactly(Access.DENY, Access.DENY, Access.READ, Access.READ);
    }

    @ParameterizedTest(name = "client id {0}")
    @CsvSource({"+", "#", "a/b", "a+", "'#x'", "/", "''"})
    void clientIdWithAMeaningInFilters_skipsThePattern(String clientId) {
        Acl acl = AclFormat.parse("pattern readwrite devices/%c/#\npattern read all/%u")
                .content();

        ClientRules rules = acl.rulesFor("u", clientId);

        assertThat(rules.allowed()).containsExactly(new Rule(Access.READ, TopicFilter.parse("all/u")));
        assertThat(rules.skipped()).containsExactly("devices/%c/#");
    }

    @ParameterizedTest(name = "user {0}")
    @CsvSource({"+", "#", "a/b", "$SYS", "$share"})
    void userNameWithAMeaningInFilters_skipsThePattern(String user) {
        ClientRules rules = AclFormat.parse("pattern readwrite %u/#").content().rulesFor(user, "id");

        assertThat(rules.allowed()).isEmpty();
        assertThat(rules.skipped()).containsExactly("%u/#");
    }

    @Test
    void skippedDenyingPattern_deniesEverything() {
        Acl acl = AclFormat.parse("user u\ntopic readwrite #\npattern deny secret/%c")
                .content();

        assertThat(acl.rulesFor("u", "a/b").maySubscribe("x")).isFalse();
        assertThat(acl.rulesFor("u", "ab").maySubscribe("x")).isTrue();
    }

    @Test
    void wildcardForAll_doesNotMeanDollarTopics() {
        Acl acl = AclFormat.parse("user u\ntopic read #").content();

        assertThat(acl.rulesFor("u", "id").maySubscribe("#")).isTrue();
        assertThat(acl.rulesFor("u", "id").maySubscribe("$SYS/#")).isFalse();
    }
}
