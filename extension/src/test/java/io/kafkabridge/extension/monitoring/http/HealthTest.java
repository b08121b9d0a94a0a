package io.kafkabridge.extension.monitoring.http;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HealthTest extends ServerFixture {

    @Test
    void live_whileADeliveryIsStuck_answers503_withWhatToDo() throws Exception {
        // Given
        final AtomicReference<List<String>> stuck = new AtomicReference<>(List.of());
        final MonitoringServer health =
                new MonitoringServer(new Site(Map.of("/health/live", Health.live(stuck::get)), Map.of(), Map.of()));
        try {
            health.follow(OPEN);
            await().until(() -> health.address().isPresent());
            final int port = health.address().orElseThrow().getPort();
            assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);

            // When
            stuck.set(List.of("c1", "c2"));
            final HttpResponse<String> answer = get(port, "/health/live");

            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .isEqualTo(
                            "The bridge is stuck: nothing moves for c1, c2. The log has the error. Restart HiveMQ.\n");
        } finally {
            health.stop();
        }
    }
}
