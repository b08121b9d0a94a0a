package io.kafkabridge.extension.delivery;

import com.codahale.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StateWatchTest {

    private final MetricRegistry registry = new MetricRegistry();
    private final StateWatch watch = new StateWatch(new ClusterMetrics(registry, "c1"), System::nanoTime);

    @Test
    void outage_isCountedWhenItBegins_andItsEndWhenKafkaIsBack() {
        // When
        watch.isFine(DeliveryState.LIVE);
        watch.isNotFine(DeliveryState.AWAY, () -> "no broker answers");
        watch.isNotFine(DeliveryState.AWAY, () -> "wrong password");

        // Then
        assertThat(watch.seen().state()).isEqualTo(DeliveryState.AWAY);
        assertThat(watch.seen().cause()).contains("wrong password");
        assertThat(counter("outages")).isEqualTo(1);
        assertThat(counter("reconnects")).isZero();

        // When
        watch.isFine(DeliveryState.CATCHING_UP);
        watch.isFine(DeliveryState.LIVE);

        // Then
        assertThat(watch.seen().cause()).isEmpty();
        assertThat(counter("outages")).isEqualTo(1);
        assertThat(counter("reconnects")).isEqualTo(1);
    }

    @Test
    void topicThatWaitsForAMoment_isNoState() {
        // Given
        watch.isFine(DeliveryState.LIVE);

        // When
        watch.isNotFine(DeliveryState.WAITING, () -> "metadata");

        // Then
        assertThat(watch.seen().state()).isEqualTo(DeliveryState.LIVE);
        await().untilAsserted(() -> {
            watch.isNotFine(DeliveryState.WAITING, () -> "metadata");
            assertThat(watch.seen().state()).isEqualTo(DeliveryState.WAITING);
        });
    }

    @Test
    void spoolOfAnEarlierRun_isNoOutage() {
        // When
        watch.isNotFine(DeliveryState.AWAY, () -> "not asked yet");
        watch.isFine(DeliveryState.CATCHING_UP);

        // Then
        assertThat(watch.seen().state()).isEqualTo(DeliveryState.CATCHING_UP);
        assertThat(counter("outages")).isZero();
        assertThat(counter("reconnects")).isZero();
    }

    private long counter(final String name) {
        return registry.counter("io.kafkabridge.cluster.c1." + name).getCount();
    }
}
