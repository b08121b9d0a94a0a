package io.kafkabridge.extension.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.monitoring.http.Readiness;

import static org.assertj.core.api.Assertions.assertThat;

/** What the health checks make of the clusters' states. */
class MonitoringSiteTest {

    private static DeliveryStatus status(final DeliveryState state, final boolean room) {
        return new DeliveryStatus(
                state, Instant.EPOCH, Optional.empty(), 0, 0, 0, 0, room ? 1 : 0, room, Duration.ZERO, 0, 0);
    }

    private static Map<String, DeliveryStatus> statuses(final DeliveryStatus first, final DeliveryStatus second) {
        final Map<String, DeliveryStatus> statuses = new LinkedHashMap<>();
        statuses.put("c1", first);
        statuses.put("c2", second);
        return statuses;
    }

    @Test
    void deliveryThatIsStuck_isNamedByTheLiveCheck_andIsntReady_evenWithRoomInTheSpool() {
        // Given
        final Map<String, DeliveryStatus> statuses =
                statuses(status(DeliveryState.LIVE, true), status(DeliveryState.STUCK, true));

        // When, Then
        assertThat(MonitoringSite.stuck(statuses)).isEqualTo(List.of("c2"));
        assertThat(MonitoringSite.readiness("in force", statuses))
                .isEqualTo(new Readiness(
                        "in force",
                        List.of(
                                new Readiness.Cluster("c1", true, "live"),
                                new Readiness.Cluster("c2", false, "stuck, restart HiveMQ"))));
    }

    @Test
    void kafkaThatIsAway_isNoReasonForARestart_andReadyWhileThereIsRoom() {
        // Given
        final Map<String, DeliveryStatus> statuses =
                statuses(status(DeliveryState.AWAY, true), status(DeliveryState.CATCHING_UP, false));

        // When, Then
        assertThat(MonitoringSite.stuck(statuses)).isEmpty();
        assertThat(MonitoringSite.readiness("in force", statuses).clusters())
                .containsExactly(
                        new Readiness.Cluster("c1", true, "away, with room in the spool"),
                        new Readiness.Cluster("c2", false, "catching up, and no room in the spool"));
    }
}
