package io.kafkabridge.extension.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Delivery;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;

/** Takes records, and does with them what the test says. */
final class FakeDelivery implements Delivery {

    /**
     * A record that came.
     *
     * @param reason why it is to be kept among the rejected ones; null: it is to be sent
     */
    record Taken(
            ProducerRecord<byte[], byte[]> record,
            Persistence persistence,
            Acknowledgement acknowledgement,
            Origin origin,
            @Nullable Exception reason) {

        String value() {
            return new String(record.value(), StandardCharsets.UTF_8);
        }

        void safe() {
            acknowledgement.safe();
        }

        boolean fail() {
            return acknowledgement.failed(new IllegalStateException("nowhere"));
        }
    }

    final List<Taken> taken = new ArrayList<>();
    final MetricRegistry registry = new MetricRegistry();
    private final ClusterMetrics metrics = new ClusterMetrics(registry, "c1");

    /** What is done with a record at once. */
    Consumer<Taken> onTake = record -> {};

    /** What {@link #send} throws, before it takes the record. */
    @Nullable
    Supplier<Error> sendError;

    /** What {@link #reject} throws, before it takes the record. */
    @Nullable
    Supplier<Error> rejectError;

    @Override
    public void send(
            final ProducerRecord<byte[], byte[]> record,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin) {
        fail(sendError);
        take(new Taken(record, persistence, acknowledgement, origin, null));
    }

    @Override
    public void reject(
            final ProducerRecord<byte[], byte[]> record,
            final Exception reason,
            final Persistence persistence,
            final Acknowledgement acknowledgement,
            final Origin origin) {
        fail(rejectError);
        take(new Taken(record, persistence, acknowledgement, origin, reason));
    }

    private void take(final Taken record) {
        taken.add(record);
        onTake.accept(record);
    }

    private static void fail(final @Nullable Supplier<Error> error) {
        if (error != null) {
            throw error.get();
        }
    }

    @Override
    public ClusterMetrics metrics() {
        return metrics;
    }

    Taken last() {
        return taken.get(taken.size() - 1);
    }

    long disconnects() {
        return registry.counter("io.kafkabridge.cluster.c1.disconnects").getCount();
    }
}
