package io.kafkabridge.it;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** An htpasswd file for the file auth extension, made with the tool in its jar. */
final class PasswordFile {

    private PasswordFile() {}

    /** Makes a file in a folder, with one user. */
    static Path create(final Path folder, final String user, final String password) {
        final Path file = folder.resolve("users");
        try (JarProcess passwd =
                JarProcess.start(folder, Artifacts.authJar(), "-i", "-C", "4", file.toString(), user)) {
            assertThat(passwd.input(password).exitCode()).as(passwd.errors()).isZero();
        }
        return file;
    }
}
