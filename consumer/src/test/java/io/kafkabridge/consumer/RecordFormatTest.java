package io.kafkabridge.consumer;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RecordFormatTest {
    private static final byte[] NO_TEXT = {(byte) 0xFF, 0x00};

    @Test
    void plainIsTheValue() {
        // When, Then
        assertThat(new TextFormat(false, false, false).format(message("key", "olá".getBytes(UTF_8))))
                .isEqualTo("Received message: olá");
    }

    @Test
    void verboseTellsWhereAndWithWhatItCame() {
        // When
        String text = new TextFormat(true, false, false).format(message("devices/1", "on".getBytes(UTF_8)));

        // Then
        assertThat(text.lines())
                .containsExactly(
                        "Received message: on",
                        "  key: devices/1, topic: teste, partition: 2, offset: 41, time: 2026-11-23T10:00:00Z,"
                                + " headers: [qos=1]");
    }

    @Test
    void labelsAreFaint() {
        // When
        String text = new TextFormat(true, true, true).format(message("devices/1", "on".getBytes(UTF_8)));

        // Then
        assertThat(text).startsWith("\u001B[2mReceived message: \u001B[22mon");
        assertThat(text.replaceAll("\u001B\\[\\d+m", ""))
                .isEqualTo(new TextFormat(true, false, false).format(message("devices/1", "on".getBytes(UTF_8))));
    }

    @Test
    void aTerminalGetsNoCommandsFromAMessage() {
        // When
        String text = new TextFormat(false, false, true).format(message("key", "a\u001B[2J\tb\n".getBytes(UTF_8)));

        // Then
        assertThat(text).isEqualTo("Received message: a\\x1B[2J\tb\n");
    }

    @Test
    void valueIsNothingElse() {
        // When, Then
        assertThat(RecordFormat.value(message("key", "a\u001B[2J".getBytes(UTF_8))))
                .isEqualTo("a\u001B[2J");
    }

    @Test
    void jsonIsOneLine() {
        // When
        String text = new JsonFormat().format(message("devices/1", "say \"olá\"\n".getBytes(UTF_8)));

        // Then
        assertThat(text)
                .isEqualTo("{\"topic\":\"teste\",\"partition\":2,\"offset\":41,\"time\":\"2026-11-23T10:00:00Z\","
                        + "\"key\":\"devices/1\",\"value\":\"say \\\"olá\\\"\\n\","
                        + "\"headers\":[{\"name\":\"qos\",\"value\":\"1\"}]}");
    }

    @Test
    void jsonKeepsBytesThatAreNoText() {
        // When, Then
        assertThat(new JsonFormat().format(message("key", NO_TEXT)))
                .contains("\"valueBase64\":\"/wA=\"")
                .doesNotContain("\"value\":\"\\u");
    }

    @Test
    void jsonTellsNothingFromEmpty() {
        // Given
        JsonFormat format = new JsonFormat();

        // When, Then
        assertThat(format.format(message(null, new byte[0]))).contains("\"key\":null,\"value\":\"\"");
        assertThat(format.format(message("", null))).contains("\"key\":\"\",\"value\":null");
    }

    private static ConsumerRecord<byte[], byte[]> message(@Nullable String key, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("qos", new byte[] {'1'});
        return new ConsumerRecord<>(
                "teste",
                2,
                41,
                1_795_428_000_000L,
                TimestampType.CREATE_TIME,
                0,
                0,
                key == null ? null : key.getBytes(UTF_8),
                value,
                headers,
                Optional.empty());
    }
}
