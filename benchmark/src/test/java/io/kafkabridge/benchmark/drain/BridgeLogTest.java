package io.kafkabridge.benchmark.drain;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BridgeLogTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String EARLIER = """
            2026-11-25 18:00:00,000 INFO  - Kafka cluster 'a' is back after 9 s; the spool is drained: 7 records (0.1 MiB) to go.
            2026-11-25 18:00:00,000 INFO  - Kafka cluster 'a' takes records again, after 9 s: it got 7 records out of the spool in 1 s.
            """;

    private final StringBuilder text = new StringBuilder(EARLIER);
    private final BridgeLog log = new BridgeLog(text::toString);

    @Test
    void awaitBack_withNewLine_tellsHowManyRecordsThereAre() throws InterruptedException {
        // Given
        text.append(
                "2026-11-25 18:01:00,000 INFO  - Kafka cluster 'a' is back after 20 s; the spool is drained: 1,234,567"
                        + " records (401.2 MiB) to go.\n");

        // When / Then
        assertThat(log.awaitBack(SHORT)).isEqualTo(1_234_567);
        assertThat(log.isLive()).isFalse();
    }

    @Test
    void awaitBack_withEarlierLinesOnly_givesUp() {
        // When / Then
        assertThatThrownBy(() -> log.awaitBack(SHORT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the spool is drained");
    }

    @Test
    void complaints_leaveOutThatKafkaIsAway() {
        // Given
        text.append(
                "2026-11-25 18:01:00,000 WARN  - Kafka cluster 'a' takes no records, for 3 s now; 12 records (0.1 MiB) are"
                        + " safe on the disk. No broker answers: is Kafka running?\n");
        text.append("2026-11-25 18:01:00,000 ERROR - Uncaught exception\n");
        text.append("2026-11-25 18:01:00,000 INFO  - Kafka cluster 'a' takes records again, after 9 s.\n");

        // When / Then
        assertThat(log.complaints()).containsExactly("2026-11-25 18:01:00,000 ERROR - Uncaught exception");
        assertThat(log.isLive()).isTrue();
    }
}
