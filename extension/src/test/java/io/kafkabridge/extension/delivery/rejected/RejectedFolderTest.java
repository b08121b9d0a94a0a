package io.kafkabridge.extension.delivery.rejected;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RejectedFolderTest {

    private static final Instant TIME = Instant.parse("2026-11-25T10:00:00Z");

    @TempDir
    private Path data;

    private RejectedFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new RejectedFolder(data, "c1", 1 << 20);
    }

    private static RejectedRecord rejected(final String value) {
        return new RejectedRecord(TIME, "too large", new ProducerRecord<>("t", value.getBytes(UTF_8)));
    }

    @Test
    void record_isReadAsItWasWritten() throws IOException {
        // Given
        final ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("a/b", 3, 17L, new byte[] {(byte) 0xff}, "text \"with\" \n".getBytes(UTF_8));
        record.headers()
                .add(new RecordHeader("h", null))
                .add("h", new byte[] {0, 1})
                .add("e", new byte[0]);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();

        // When
        RejectedFormat.write(out, new RejectedRecord(TIME, "why", record));
        final RejectedRecord read = RejectedFormat.read(new ByteArrayInputStream(out.toByteArray()), true);

        // Then
        assertThat(read.time()).isEqualTo(TIME);
        assertThat(read.reason()).isEqualTo("why");
        assertThat(read.record().topic()).isEqualTo("a/b");
        assertThat(read.record().partition()).isEqualTo(3);
        assertThat(read.record().timestamp()).isEqualTo(17);
        assertThat(read.record().key()).isEqualTo(record.key());
        assertThat(read.record().value()).isEqualTo(record.value());
        assertThat(read.record().headers()).isEqualTo(record.headers());
    }

    @Test
    void recordWithoutKeyPartitionAndTimestamp_isReadAsItWasWritten() throws IOException {
        // Given
        final ByteArrayOutputStream out = new ByteArrayOutputStream();

        // When
        RejectedFormat.write(out, rejected(""));
        final ProducerRecord<byte[], byte[]> read = RejectedFormat.read(
                        new ByteArrayInputStream(out.toByteArray()), true)
                .record();

        // Then
        assertThat(read.key()).isNull();
        assertThat(read.partition()).isNull();
        assertThat(read.timestamp()).isNull();
        assertThat(read.value()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"topic\":1}",
                "{\"topic\":\"t\",\"time\":\"now\"}",
                "{\"time\":\"2026-11-25T10:00:00Z\",\"topic\":\"t\",\"partition\":-1}",
                "{\"time\":\"2026-11-25T10:00:00Z\",\"topic\":\"t\",\"headers\":[1]}",
                "{\"time\":\"2026-11-25T10:00:00Z\",\"topic\":\"t\",\"value-base64\":\"*\"}",
                "{\"time\":\"2026-11-25T10:00:00Z\",\"topic\":\"t\"} {}"
            })
    void otherLine_isRefused(final String line) {
        assertThatThrownBy(() -> RejectedFormat.read(new ByteArrayInputStream(line.getBytes(UTF_8)), true))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'RecordTooLargeException: The record is larger, \n than 1 MiB',false",
        "'UnknownTopicOrPartitionException: no such topic',false",
        "the payload isn't JSON,true",
        "SomeException was said,true",
        "'',true"
    })
    void reason_tellsWhetherKafkaOrTheBridgeRefused(final String reason, final boolean unfit) {
        assertThat(new RejectedRecord(TIME, reason, new ProducerRecord<>("t", new byte[0])).isUnfit())
                .isEqualTo(unfit);
    }

    @Test
    void fullFolder_takesNothing() throws IOException {
        // Given
        final RejectedFolder small = new RejectedFolder(data, "c1", 10);
        small.keep(List.of(rejected("a")));

        // When, then
        assertThatThrownBy(() -> small.keep(List.of(rejected("b"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is full");
    }

    @Test
    void filesThatAreTakenOver_whileTheBridgeWrites_loseNoRecord() throws Exception {
        // Given
        final int records = 3_000;
        final Process bridge = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        RejectedWriter.class.getName(),
                        data.toString(),
                        Integer.toString(records))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("writer.log").toFile())
                .start();

        // When
        final List<String> read = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = bridge.isAlive();
            for (final Path file : folder.files()) {
                final Path taken = RejectedFolder.takeOver(file);
                try (RejectedLines lines = RejectedLines.open(taken)) {
                    for (RejectedLine line = lines.next(); line != null; line = lines.next()) {
                        read.add(new String(line.read().record().value(), UTF_8));
                    }
                }
                Files.delete(taken);
            }
        }

        // Then
        assertThat(bridge.exitValue())
                .as(Files.readString(data.resolve("writer.log")))
                .isZero();
        assertThat(read).hasSize(records).doesNotHaveDuplicates();
        assertThat(RejectedFolder.clusters(data)).containsExactly("c1");
    }
}
