package io.kafkabridge.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static io.kafkabridge.spool.SpoolFolder.append;
import static io.kafkabridge.spool.SpoolFolder.segments;
import static org.assertj.core.api.Assertions.assertThat;

/** A writer and a drain at the same time. */
class SpoolConcurrencyTest {

    private static final int RECORDS = 200_000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void drain_whileAnotherAppends_getsEachRecordOnceInOrder() throws Exception {
        try (Spool spool = Spool.open(folder, new SpoolLimits(Long.MAX_VALUE, 0, 40_000))) {
            // When
            final CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(spool));
            long expected = 0;
            try (SpoolReader reader = spool.reader()) {
                while (expected < RECORDS && !writer.isCompletedExceptionally()) {
                    for (final SpooledRecord each : reader.next()) {
                        // Then
                        assertThat(each.offset()).isEqualTo(expected);
                        assertThat(new String(each.record().value(), StandardCharsets.UTF_8))
                                .isEqualTo(Long.toString(expected));
                        expected++;
                    }
                    assertThat(reader.position()).isEqualTo(expected);
                    spool.consumed(expected);
                }
            }
            writer.join();
            assertThat(spool.start()).isEqualTo(RECORDS);
            spool.consumed(RECORDS);
            assertThat(segments(folder)).isEmpty();
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    @Timeout(120)
    void drain_thatReadsAgainFromTimeToTime_getsEachRecordInOrder() throws Exception {
        try (Spool spool = Spool.open(folder, new SpoolLimits(Long.MAX_VALUE, 0, 40_000))) {
            // When
            final CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(spool));
            while (spool.start() < RECORDS && !writer.isCompletedExceptionally()) {
                final long start = spool.start();
                long expected = start;
                try (SpoolReader reader = spool.reader()) {
                    for (int batches = 0; batches < 5; batches++) {
                        for (final SpooledRecord each : reader.next()) {
                            // Then
                            assertThat(each.offset()).isEqualTo(expected++);
                        }
                    }
                }
                spool.consumed(start + (expected - start) * 2 / 3 + (expected > start ? 1 : 0));
            }
            writer.join();
            assertThat(segments(folder)).isEmpty();
        }
    }

    private static void write(final Spool spool) {
        try {
            while (spool.end() < RECORDS) {
                append(spool, (int) Math.min(
                        RECORDS - spool.end(), ThreadLocalRandom.current().nextInt(1, 400)));
            }
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
