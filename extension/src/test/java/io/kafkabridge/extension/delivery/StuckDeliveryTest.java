package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.delivery.spooled.SpoolRoom;
import io.kafkabridge.spool.Spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A delivery that meets an error at each step, as a jar that was replaced while it runs would make it. */
class StuckDeliveryTest {

    @TempDir
    Path data;

    @Test
    void delivery_thatMeetsOnlyErrors_isStuck_untilAStepGoesWell() throws InterruptedException {
        // Given
        final AtomicBoolean broken = new AtomicBoolean(true);
        final AtomicLong nanos = new AtomicLong();
        final DeliveryParts parts = new DeliveryParts(data);
        final KafkaDelivery delivery = new KafkaDelivery(
                DeliveryFixture.CLUSTER,
                Map.of("m1", parts.origin),
                data,
                parts.metrics,
                null,
                new KafkaDelivery.Machine(
                        parts.clients,
                        (folder, limits) -> {
                            if (broken.get()) {
                                throw new NoClassDefFoundError("a jar is gone");
                            }
                            return Spool.open(folder, limits);
                        },
                        Rejections.folder(DeliveryFixture.CLUSTER, data),
                        SpoolRoom.threads(DeliveryFixture.CLUSTER),
                        nanos::get));
        delivery.expect(Map.of("t", Optional.empty()));
        delivery.start();
        assertThat(delivery.status().state()).isEqualTo(DeliveryState.STARTING);

        // When
        await().until(() -> {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            return delivery.status().state() == DeliveryState.STUCK;
        });

        // Then
        assertThat(delivery.isWorking()).isFalse();
        assertThat(delivery.status().cause())
                .hasValueSatisfying(cause -> assertThat(cause).contains("unexpected error"));

        // When
        broken.set(false);

        // Then
        await().until(() -> delivery.status().state() != DeliveryState.STUCK);
        assertThat(delivery.isWorking()).isTrue();
        delivery.stop();
        delivery.awaitStopped();
    }
}
