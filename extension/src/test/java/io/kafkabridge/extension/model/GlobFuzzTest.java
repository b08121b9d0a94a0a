package io.kafkabridge.extension.model;

import java.io.IOException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;

import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any pattern and any name: they match when a table of all their beginnings says so. */
class GlobFuzzTest {

    private static final int MAX_LENGTH = 200;

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(GlobFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) {
        // Given
        final Input lines = new Input(input);
        final String pattern = "*" + cut(lines.line());
        final String name = cut(lines.line());

        // When
        final boolean matches = Glob.parse(pattern).matches(name);
        final boolean tail = new Glob(pattern.substring(1)).matches(name);

        // Then
        assertThat(matches).as("%s matches %s", pattern, name).isEqualTo(reference(pattern, name));
        assertThat(tail)
                .as("%s matches %s", pattern.substring(1), name)
                .isEqualTo(reference(pattern.substring(1), name));
    }

    private static String cut(final String text) {
        return text.substring(0, Math.min(MAX_LENGTH, text.length()));
    }

    private static boolean reference(final String pattern, final String name) {
        boolean[] matched = new boolean[name.length() + 1];
        matched[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            final char each = pattern.charAt(p);
            final boolean[] next = new boolean[name.length() + 1];
            next[0] = each == '*' && matched[0];
            for (int n = 1; n <= name.length(); n++) {
                next[n] = each == '*'
                        ? matched[n] || next[n - 1]
                        : matched[n - 1] && (each == '?' || each == name.charAt(n - 1));
            }
            matched = next;
        }
        return matched[name.length()];
    }
}
