package io.kafkabridge.stack.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordsTest {

    @TempDir
    private Path folder;

    @Test
    void in_keepsAPasswordAndMakesOneForANewUser() throws Exception {
        // Given
        Path file = folder.resolve("passwords");
        String first = Passwords.in(file, "publisher").of("publisher");

        // When
        Passwords passwords = Passwords.in(file, "publisher", "bridge");

        // Then
        assertThat(passwords.of("publisher")).isEqualTo(first).hasSize(24);
        assertThat(passwords.of("bridge")).hasSize(24).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
