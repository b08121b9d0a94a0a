package io.kafkabridge.benchmark.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.kafkabridge.benchmark.formats.candidate.Candidate;
import io.kafkabridge.benchmark.formats.candidate.SpoolFormat;

import static org.assertj.core.api.Assertions.assertThat;

class CandidateTest {

    @TempDir
    private Path folder;

    private final Sample sample = new Sample();

    @ParameterizedTest
    @EnumSource
    void readAll_afterReopening_givesBackWhatWasAppended(Candidate candidate) throws IOException {
        // Given
        try (SpoolFormat format = candidate.open(folder)) {
            for (int i = 0; i < 300; i++) {
                format.append(sample.next(10));
            }
        }
        Readback readback = new Readback(sample);

        // When
        try (SpoolFormat format = candidate.open(folder)) {
            format.readAll(readback);
        }

        // Then
        assertThat(readback.right()).isEqualTo(3_000);
        assertThat(readback.withoutGap()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void readAll_afterCrash_givesBackWhatWasAppended(Candidate candidate) throws IOException {
        // Given
        Path copy = folder.resolve("copy");
        Damage.crash(candidate, folder.resolve("running"), copy, sample);

        // When
        Damage damage = Damage.inflict(Damage.Kind.NONE, candidate, copy, sample, new Random(1));

        // Then
        assertThat(damage).isEqualTo(new Damage(1, Damage.RECORDS, 0, true, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "KAFKA"})
    void readAll_ofCutOrChangedFile_stopsAtTheDamage(Candidate candidate) throws IOException {
        // Given
        Path crashed = folder.resolve("crashed");
        Path copy = folder.resolve("copy");
        Damage.crash(candidate, folder.resolve("running"), crashed, sample);
        Random random = new Random(2);

        for (Damage.Kind kind : EnumSet.complementOf(EnumSet.of(Damage.Kind.NONE))) {
            Folders.copy(crashed, copy);

            // When
            Damage damage = Damage.inflict(kind, candidate, copy, sample, random);

            // Then
            assertThat(damage.shareOfBefore()).isBetween(0.99, 1.0);
            assertThat(damage.withoutGap()).isTrue();
        }
    }
}
