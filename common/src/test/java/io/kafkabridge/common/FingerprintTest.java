package io.kafkabridge.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintTest {

    @TempDir
    private Path folder;

    private Path file(final String name, final String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void of_isTheContents_andNotTheOrderOrTheTime() throws IOException {
        // Given
        final Path a = file("a", "1");
        final Path b = file("b", "2");
        final String before = Fingerprint.of(List.of(a, b));

        // When, then
        file("a", "1");
        assertThat(Fingerprint.of(List.of(b, a))).isEqualTo(before);
        file("a", "3");
        assertThat(Fingerprint.of(List.of(a, b))).isNotEqualTo(before);
    }

    @Test
    void of_tellsAnEmptyFileFromNone() throws IOException {
        // Given
        final Path file = folder.resolve("a");
        final String none = Fingerprint.of(List.of(file));

        // When
        file("a", "");

        // Then
        assertThat(Fingerprint.of(List.of(file))).isNotEqualTo(none);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void of_aDeviceWithoutEnd_returns() {
        assertThat(Fingerprint.of(List.of(Path.of("/dev/zero"))))
                .isEqualTo(Fingerprint.of(List.of(Path.of("/dev/zero"))));
    }
}
