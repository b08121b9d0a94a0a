package io.kafkabridge.auth.permissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.auth.file.Problem;
import io.kafkabridge.common.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;

class AclFormatTest {

    @Test
    void everyKindOfLine_isRead() {
        Parsed<Acl> parsed = AclFormat.parse("""
                # comment

                user alice smith
                topic read a/#
                topic write   b b/c
                topic deny c
                topic d/#
                user bob
                topic readwrite #
                pattern e/%u/%c
                """.replace("\n", "\r\n"));

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.summary()).isEqualTo("6 rules");
        assertThat(parsed.content().rulesFor("alice smith", "id").inOrder())
                .containsExactly(
                        rule(Access.DENY, "c"),
                        rule(Access.READ, "a/#"),
                        rule(Access.WRITE, "b b/c"),
                        rule(Access.READWRITE, "d/#"),
                        rule(Access.READWRITE, "e/alice smith/id"));
    }

    @Test
    void sectionsOfOneUser_addUp() {
        Acl acl = AclFormat.parse("user a\ntopic read x\nuser b\ntopic read y\nuser a\ntopic read z")
                .content();

        assertThat(acl.rulesFor("a", "id").allowed()).containsExactly(rule(Access.READ, "x"), rule(Access.READ, "z"));
        assertThat(acl.rulesFor("unknown", "id").allowed()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "topics read a | a line can't start with 'topics'; use user, topic, pattern or #",
                "user | 'user' needs a user name after it",
                "topic | the topic filter is missing; write: topic readwrite <filter>",
                "topic read | the topic filter is missing; write: topic read <filter>",
                "pattern deny | the topic filter is missing; write: pattern deny <filter>",
                "topic allow a | 'allow' is none of read, write, readwrite, deny; a topic filter with a space needs one of them before it",
                "topic read a/#/b | topic filter 'a/#/b': # stands only at the end of a topic filter",
                "topic read a# | topic filter 'a#': a wildcard, + or #, stands alone between slashes",
                "topic read a/b+ | topic filter 'a/b+': a wildcard, + or #, stands alone between slashes",
                "topic read a/ | topic filter 'a/': HiveMQ overlooks a '/' at the end of a permission and would allow other topics; leave it out, or write '/#'",
                "topic $share/g/a | topic filter '$share/g/a': leave out '$share/<group>/': the filter counts for shared subscriptions too",
                "pattern read a/x%u | topic filter 'a/x%u': '%u' must be a whole level",
                "pattern read %c%u | topic filter '%c%u': '%u' must be a whole level",
            })
    void brokenLine_isToldWithNumberAndRule(String line, String message) {
        assertThat(AclFormat.parse("user a\n" + line).errors()).containsExactly(new Problem(2, message));
    }

    @Test
    void allMistakes_areToldAtOnce() {
        assertThat(AclFormat.parse("what\nuser\nuser a\ntopic a/#/b\ntopic caf\uFFFD\n# caf\uFFFD")
                        .errors())
                .extracting(Problem::line)
                .containsExactly(1, 2, 4, 5);
    }

    @Test
    void topicBeforeTheFirstUser_hasNoEffect_andIsTold() {
        Parsed<Acl> parsed = AclFormat.parse("topic read a\nuser alice");

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.warnings())
                .extracting(Problem::toString)
                .containsExactly("line 1: a topic line before the first user line is for clients without a user, who"
                        + " can't log in here: it has no effect; put it below a user line, or write 'pattern' to mean"
                        + " all users");
        assertThat(parsed.content().rulesFor("alice", "id").allowed()).isEmpty();
    }

    @Test
    void placeholderInATopicLine_isTold() {
        assertThat(AclFormat.parse("user a\ntopic read x/%u").warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 2: %u and %c are replaced in pattern lines only; here they are part of the topic's name");
    }

    private static Rule rule(Access access, String filter) {
        return new Rule(access, TopicFilter.parse(filter));
    }
}
