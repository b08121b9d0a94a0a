package io.kafkabridge.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A machine that dies while the spool is written leaves half of something at its end. It belongs to nothing that was
 * acknowledged: it is cut off, and the spool goes on.
 */
class SpoolFilesIT {

    /** In Kafka's format of record batches: 8 bytes offset, then 4 bytes length of what follows. */
    private static final int LENGTH_AT = 8;

    private static final int LENGTH_END = 12;

    private LoadedBridge bridge;

    @BeforeEach
    void start(@TempDir final Path folder) {
        bridge = new LoadedBridge(folder, Kafka.builder()).startHiveMq("").startClients();
        bridge.load().awaitProgress();
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void tornEndsOfTheSpool_areCutOffAndLoseNothing() throws IOException {
        // Given
        bridge.kafka().kill();
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
        final byte[] garbage = new byte[1_000];
        new Random(1).nextBytes(garbage);
        for (final byte[] tornOff : List.of(garbage, new byte[4_096], halfOfABatch())) {
            bridge.load().awaitProgress();
            bridge.hivemq().kill();

            // When
            Files.write(latestSegment(), tornOff, StandardOpenOption.APPEND);
            bridge.hivemq().start();
        }

        // Then
        bridge.load().awaitProgress();
        bridge.awaitLog(bridge.kafka()::start, LoadedBridge.BACK);
        bridge.verify();
    }

    private byte[] halfOfABatch() throws IOException {
        try (InputStream segment = Files.newInputStream(latestSegment())) {
            final byte[] start = segment.readNBytes(LENGTH_END);
            final int rest = ByteBuffer.wrap(start).getInt(LENGTH_AT);
            return ByteBuffer.allocate(LENGTH_END + rest / 2)
                    .put(start)
                    .put(segment.readNBytes(rest / 2))
                    .array();
        }
    }

    /** Named by the number of their first record, they sort by age. */
    private Path latestSegment() throws IOException {
        final List<Path> segments = bridge.files("spool/cluster01").stream()
                .filter(file -> file.toString().endsWith(".log"))
                .toList();
        assertThat(segments).isNotEmpty();
        return segments.get(segments.size() - 1);
    }
}
