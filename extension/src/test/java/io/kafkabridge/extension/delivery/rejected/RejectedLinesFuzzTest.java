package io.kafkabridge.extension.delivery.rejected;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any records in a file, with any bytes between their lines: each comes back as it was, and the rest is refused line by line. */
class RejectedLinesFuzzTest {

    @TempDir
    Path folder;

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(RejectedLinesFuzzTest.class, this::fuzz);
    }

    /** A piece of garbage and the pieces of a record by turns; see {@link #record}. */
    @FuzzTest
    void fuzz(final byte[] input) throws IOException {
        // Given
        final Input pieces = new Input(input);
        final List<RejectedRecord> written = new ArrayList<>();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!pieces.isEmpty()) {
            bytes.writeBytes(pieces.piece());
            if (!pieces.isEmpty()) {
                final RejectedRecord record = record(pieces);
                written.add(record);
                RejectedFormat.write(bytes, record);
            }
        }
        final Path file = Files.write(folder.resolve("c1.jsonl"), bytes.toByteArray());

        // When
        final List<RejectedRecord> read = new ArrayList<>();
        long size = 0;
        try (RejectedLines lines = RejectedLines.open(file)) {
            int number = 0;
            for (RejectedLine line = lines.next(); line != null; line = lines.next()) {
                assertThat(line.number()).isGreaterThanOrEqualTo(number);
                number = line.number();
                size += line.size();
                read(line, read);
            }
        }

        // Then: garbage may happen to be a record, too.
        assertThat(size).isLessThanOrEqualTo(bytes.size());
        if (!written.isEmpty()) {
            assertThat(lines(read)).containsSubsequence(lines(written));
        }
    }

    /** As text, since records of the same bytes aren't equal. */
    private static List<String> lines(final List<RejectedRecord> records) throws IOException {
        final List<String> lines = new ArrayList<>();
        for (final RejectedRecord record : records) {
            final ByteArrayOutputStream line = new ByteArrayOutputStream();
            RejectedFormat.write(line, record);
            lines.add(Input.text(line.toByteArray()));
        }
        return lines;
    }

    private static void read(final RejectedLine line, final List<RejectedRecord> read) {
        @Nullable RejectedRecord record = null;
        try {
            record = line.read();
            read.add(record);
        } catch (final IOException e) {
            assertThat(e.getMessage()).containsAnyOf("not a rejected record", "only the beginning of a record");
        }
        try {
            final RejectedRecord rest = line.readWithoutValue();
            assertThat(rest.record().value()).isNull();
            if (record != null) {
                assertThat(rest.record().headers()).isEqualTo(record.record().headers());
            }
        } catch (final IOException e) {
            assertThat(record).as("%s", e).isNull();
        }
    }

    /** What is there of a record (1 byte), reason, topic, key, value, and headers as long as there are any. */
    private static RejectedRecord record(final Input pieces) {
        final int what = pieces.next();
        final String reason = Input.text(pieces.piece());
        final String topic = Input.text(pieces.piece());
        final byte @Nullable [] key = (what & 1) == 0 ? null : pieces.piece();
        final byte @Nullable [] value = (what & 2) == 0 ? null : pieces.longPiece();
        final RecordHeaders headers = new RecordHeaders();
        for (int i = what >> 5; i > 0; i--) {
            headers.add(Input.text(pieces.piece()), i % 2 == 0 ? null : pieces.piece());
        }
        return new RejectedRecord(
                Instant.ofEpochMilli(1_700_000_000_000L + what),
                reason,
                new ProducerRecord<>(
                        topic,
                        (what & 4) == 0 ? null : what,
                        (what & 8) == 0 ? null : (long) what,
                        key,
                        value,
                        headers));
    }
}
