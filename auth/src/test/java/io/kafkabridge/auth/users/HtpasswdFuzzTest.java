package io.kafkabridge.auth.users;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.auth.file.Problem;
import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any text as a users file: only whole bcrypt lines are users, a mistake puts out nobody else, and no message shows a hash. */
class HtpasswdFuzzTest {

    private static final String GOOD = "$2y$05$abcdefghijklmnopqrstuuIyyGyG9Xm7XJwbnkvTrJ3hKrBhOdXSO";

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(HtpasswdFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) {
        // Given
        final String text = Input.text(input);
        final List<String> lines = text.lines().map(String::strip).toList();

        // When
        final Parsed<Users> parsed = HtpasswdFormat.parse(text);
        final Parsed<Users> more = HtpasswdFormat.parse(text + "\nzoe:" + GOOD);

        // Then
        for (final String line : lines) {
            final int colon = line.indexOf(':');
            final Optional<BcryptHash> hash = parsed.content().hash(line.substring(0, Math.max(0, colon)));
            if (hash.isPresent()) {
                assertThat(line).doesNotStartWith("#").contains(":" + hash.get().text());
            }
        }
        assertThat(more.content().hash("zoe").isPresent())
                .isEqualTo(lines.stream().noneMatch(line -> line.startsWith("zoe:")));
        if (more.content().hash("zoe").isPresent()) {
            assertThat(more.errors()).isEmpty();
        }
        assertThat(parsed.content().decoy().cost()).isBetween(BcryptHash.MIN_COST, BcryptHash.MAX_COST);
        assertThat(parsed.errors()).allSatisfy(problem -> showsNoHash(problem, lines));
        assertThat(parsed.warnings()).allSatisfy(problem -> showsNoHash(problem, lines));
    }

    private static void showsNoHash(final Problem problem, final List<String> lines) {
        assertThat(problem.line()).isBetween(1, lines.size());
        final String line = lines.get(problem.line() - 1);
        final int colon = line.indexOf(':');
        // Shorter ones stand in the sentence, or in the name, by chance.
        if (colon > 0 && line.length() - colon > 12 && !line.substring(0, colon).contains(line.substring(colon + 1))) {
            assertThat(problem.message()).doesNotContain(line.substring(colon + 1));
        }
    }
}
