package io.kafkabridge.extension.monitoring.page;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterWordsTest {

    private static final long MIB = 1 << 20;

    @Test
    void live() {
        assertThat(words(Statuses.of(DeliveryState.LIVE, Duration.ofHours(3)), 0, 0))
                .isEqualTo(new ClusterWords(Level.GOOD, "Live", "Every record goes straight to Kafka, for 3 h."));
        assertThat(words(Statuses.of(DeliveryState.LIVE, Duration.ofSeconds(1)), 0, 0)
                        .text())
                .isEqualTo("Every record goes straight to Kafka.");
    }

    @Test
    void starting() {
        assertThat(words(Statuses.of(DeliveryState.STARTING, Duration.ofSeconds(12)), 0, 0))
                .isEqualTo(new ClusterWords(Level.INFO, "Connecting", "Connecting for 12 s."));
    }

    @Test
    void stuck_saysThatOnlyARestartHelps() {
        assertThat(words(Statuses.of(DeliveryState.STUCK, Duration.ofSeconds(12)), 0, 0))
                .satisfies(words -> {
                    assertThat(words.level()).isEqualTo(Level.BAD);
                    assertThat(words.word()).isEqualTo("Stuck");
                    assertThat(words.text()).contains("Restart HiveMQ");
                });
    }

    @Test
    void waitingForTopics() {
        assertThat(words(Statuses.of(DeliveryState.WAITING, Duration.ofSeconds(5)), 0, 0))
                .isEqualTo(new ClusterWords(
                        Level.WARNING,
                        "Partly waiting",
                        "Some of its topics take no records for 5 s. 240 messages wait in memory."));
    }

    @Test
    void away_saysHowManyAreSafeAndHowLongThereIsRoom() {
        // Given
        final DeliveryStatus status =
                Statuses.of(DeliveryState.AWAY, Duration.ofMinutes(3), 12_400, 9 * MIB, 9 * Statuses.GIB);

        // When
        final ClusterWords words = words(status, 0.29 * MIB, 0);

        // Then
        assertThat(words.level()).isEqualTo(Level.WARNING);
        assertThat(words.text())
                .isEqualTo("Away for 3 min. 12,400 messages (9.0 MiB) safe on disk. Room for 8 h 49 min at this rate.");
    }

    @Test
    void away_withoutMessages_saysHowMuchRoomThereIs() {
        assertThat(words(Statuses.of(DeliveryState.AWAY, Duration.ofMinutes(3)), 0, 0)
                        .text())
                .isEqualTo("Away for 3 min. Room for 10.0 GiB more.");
    }

    @Test
    void away_withoutRoom_isBad() {
        // When
        final ClusterWords words = words(Statuses.of(DeliveryState.AWAY, Duration.ofHours(9), 1, MIB, 0), 0, 0);

        // Then
        assertThat(words.level()).isEqualTo(Level.BAD);
        assertThat(words.text())
                .isEqualTo("Away for 9 h. 1 message (1.0 MiB) safe on disk. No room for more: clients are not"
                        + " acknowledged and keep their messages.");
    }

    @Test
    void catchingUp_saysHowManyAreLeftAndHowLongThatTakes() {
        // Given
        final DeliveryStatus status =
                Statuses.of(DeliveryState.CATCHING_UP, Duration.ofSeconds(12), 8_000, 9 * MIB, Statuses.GIB);

        // Then
        assertThat(words(status, 0, 410).text())
                .isEqualTo("Back for 12 s. 8,000 of the kept messages left, about 20 s.");
        assertThat(words(status, 0, -3).text())
                .isEqualTo("Back for 12 s. 8,000 of the kept messages left; new ones come as fast as they leave.");
        assertThat(words(Statuses.of(DeliveryState.CATCHING_UP, Duration.ofSeconds(1), 8_000, MIB, MIB), 0, -3)
                        .text())
                .isEqualTo("Back. 8,000 of the kept messages left.");
    }

    private static ClusterWords words(final DeliveryStatus status, final double growth, final double leaving) {
        return ClusterWords.of(status, Statuses.NOW, growth, leaving);
    }
}
