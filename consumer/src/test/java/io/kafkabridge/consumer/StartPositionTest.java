package io.kafkabridge.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Times are tried on a real Kafka: the mock doesn't know them. */
class StartPositionTest {
    private static final TopicPartition PARTITION = new TopicPartition("teste", 0);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "beginning, 100",
        "end, 142",
        "120, 120",
        "0, 100",
        "999999999999, 142",
        "-10, 132",
        "-1000, 100",
        "-0, 142"
    })
    void isAnOffsetThatThereIs(String text, long expected) {
        // Given
        MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
        kafka.updateBeginningOffsets(Map.of(PARTITION, 100L));
        kafka.updateEndOffsets(Map.of(PARTITION, 142L));

        // When
        Map<TopicPartition, Long> offsets =
                StartPosition.parse(text).offsets(kafka, List.of(PARTITION), Duration.ofSeconds(1));

        // Then
        assertThat(offsets).isEqualTo(Map.of(PARTITION, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "first", "2026-13-01", "2026-11-23T10:00:00", "5 min", "--1", "1e3", "99999999999999999999"})
    void saysWhatCanBeWritten(String text) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StartPosition.parse(text))
                .withMessageStartingWith(
                        "'" + text + "' is no place to begin; use beginning, end, an offset such as 42");
    }
}
