package io.kafkabridge.extension.monitoring.page;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.monitoring.page.ConfigStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTest {

    @Test
    void allLive_isGood() {
        assertThat(verdict(true, 0, DeliveryState.LIVE, DeliveryState.LIVE))
                .isEqualTo(new Verdict(Level.GOOD, "Messages flow to Kafka."));
        assertThat(verdict(false, 0, DeliveryState.LIVE))
                .isEqualTo(new Verdict(Level.GOOD, "Ready. No messages at the moment."));
    }

    @Test
    void theWorstCluster_decides() {
        assertThat(verdict(true, 0, DeliveryState.CATCHING_UP, DeliveryState.AWAY, DeliveryState.LIVE))
                .isEqualTo(new Verdict(
                        Level.WARNING, "A Kafka cluster is away. Messages are safe on this broker’s disk."));
        assertThat(verdict(true, 0, DeliveryState.AWAY).text())
                .isEqualTo("Kafka is away. Messages are safe on this broker’s disk.");
        assertThat(verdict(true, 0, DeliveryState.LIVE, DeliveryState.CATCHING_UP))
                .isEqualTo(new Verdict(Level.INFO, "Kafka is back and gets what waited on disk."));
        assertThat(verdict(true, 0, DeliveryState.LIVE, DeliveryState.WAITING).level())
                .isEqualTo(Level.WARNING);
        assertThat(verdict(true, 0, DeliveryState.STARTING).text()).isEqualTo("Connecting to Kafka.");
    }

    @Test
    void noRoomOnTheDisk_isBad() {
        // Given
        final DeliveryStatus full = Statuses.of(DeliveryState.AWAY, Duration.ofHours(9), 10, 10, 0);

        // Then
        assertThat(Verdict.of(ConfigStatus.IN_FORCE, List.of(full), true, 0))
                .isEqualTo(
                        new Verdict(Level.BAD, "The disk is full while Kafka is away: messages can’t be made safe."));
    }

    @Test
    void rejectedMessages_areToldOnTop() {
        assertThat(verdict(true, 12, DeliveryState.LIVE))
                .isEqualTo(new Verdict(
                        Level.WARNING, "Messages flow to Kafka. 12 messages were rejected in the last minutes."));
    }

    @Test
    void configuration_thatIsNotTheFiles_isToldFirst() {
        assertThat(Verdict.of(new ConfigStatus(State.CLOSED, ""), List.of(), false, 0))
                .isEqualTo(new Verdict(
                        Level.BAD, "Closed: config.xml can’t be used, so no client is let in. Mend it; no restart."));
        assertThat(Verdict.of(new ConfigStatus(State.OPEN, ""), List.of(), true, 0)
                        .level())
                .isEqualTo(Level.BAD);
        assertThat(Verdict.of(
                        new ConfigStatus(State.OLDER, ""),
                        List.of(Statuses.of(DeliveryState.LIVE, Duration.ofMinutes(1))),
                        true,
                        0))
                .isEqualTo(new Verdict(
                        Level.WARNING,
                        "Messages flow to Kafka. config.xml has mistakes: an older configuration is in force."));
    }

    @Test
    void of_aDeliveryThatIsStuck_isTheWorst() {
        assertThat(verdict(true, 12, DeliveryState.AWAY, DeliveryState.STUCK, DeliveryState.LIVE))
                .satisfies(verdict -> {
                    assertThat(verdict.level()).isEqualTo(Level.BAD);
                    assertThat(verdict.text()).startsWith("The bridge is stuck by an unexpected error. Restart HiveMQ");
                });
    }

    private static Verdict verdict(final boolean arriving, final long rejected, final DeliveryState... states) {
        return Verdict.of(
                ConfigStatus.IN_FORCE,
                Stream.of(states)
                        .map(state -> Statuses.of(state, Duration.ofMinutes(1)))
                        .toList(),
                arriving,
                rejected);
    }
}
