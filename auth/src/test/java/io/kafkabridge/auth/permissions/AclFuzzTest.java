package io.kafkabridge.auth.permissions;

import java.io.IOException;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any text as a permissions file, and any names of a client: a name never makes more of a rule than the file says, and what is
 * denied stays denied.
 */
class AclFuzzTest {

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(AclFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) {
        // Given
        final Input lines = new Input(input);
        final String user = lines.line();
        final String clientId = lines.line();
        final String text = Input.text(lines.rest());
        final long count = text.lines().count();

        // When
        final Parsed<Acl> parsed = AclFormat.parse(text);
        final ClientRules rules = parsed.content().rulesFor(user, clientId);

        // Then
        assertThat(parsed.errors())
                .allSatisfy(problem -> assertThat((long) problem.line()).isBetween(1L, count));
        assertThat(parsed.warnings())
                .allSatisfy(problem -> assertThat((long) problem.line()).isBetween(1L, count));
        assertThat(rules.denied()).allMatch(rule -> rule.access() == Access.DENY);
        assertThat(rules.allowed()).allMatch(rule -> rule.access() != Access.DENY);
        for (final Rule rule : rules.inOrder()) {
            if (rule.access() != Access.DENY && !rule.filter().isLiteral()) {
                assertThat(text).as("%s out of the names", rule).contains(wildcard(rule));
            }
            assertThat(rule.filter().levels()).allMatch(level -> level.length() < 2 || !level.matches(".*[+#/].*"));
        }
        final ClientRules denied =
                AclFormat.parse(text + "\npattern deny plant/#\n").content().rulesFor(user, clientId);
        assertThat(List.of("plant", "plant/1", "plant/+/x", "#", "+/1", "$share/g/plant/#"))
                .noneMatch(denied::maySubscribe);
        assertThat(denied.allowed()).isEqualTo(rules.allowed());
        assertThat(AclFormat.parse("").content().rulesFor(user, clientId).allowed())
                .isEmpty();
    }

    private static String wildcard(final Rule rule) {
        return rule.filter().isOpen() ? "#" : "+";
    }
}
