package io.kafkabridge.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CaFileTest {
    @TempDir
    Path folder;

    @Test
    void saysThatTheFileIsMissing() {
        // Given
        Path file = folder.resolve("ca.pem");

        // When, Then
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CaFile.certificates(file))
                .withMessage("Cannot read the CA file " + file + ": no such file, or no access");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HIVE_USER=ana", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void saysThatTheFileHoldsNoCertificate(String content) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("ca.pem"), content);

        // When, Then
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CaFile.certificates(file))
                .withMessage("Cannot read the CA file " + file
                        + ": it holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }
}
