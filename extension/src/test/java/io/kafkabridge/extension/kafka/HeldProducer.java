package io.kafkabridge.extension.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer that holds what it gets: a test decides what becomes of it. For one thread, as far as a test cares. */
public final class HeldProducer extends MockProducer<byte[], byte[]> {

    /** Where it calls back for what it was given. */
    public final List<Callback> callbacks = new ArrayList<>();

    /** The values of that, as text. */
    public final List<String> values = new ArrayList<>();

    /** How often it was closed. */
    public int closes;

    /** What {@code send} does instead of holding the record. */
    public @Nullable Consumer<Callback> onSend;

    private final double[] figures = {0, 0, 0, 0};

    private final Consumer<String> metadata;

    /** A producer that knows every topic. */
    public HeldProducer() {
        this(topic -> {});
    }

    /**
     * A producer that knows some topics.
     *
     * @param metadata throws for the others
     */
    public HeldProducer(final Consumer<String> metadata) {
        super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        this.metadata = metadata;
        metric("connection-count", 0);
        metric("buffer-total-bytes", 1);
        metric("buffer-available-bytes", 2);
        metric("record-send-total", 3);
    }

    private void metric(final String name, final int index) {
        final MetricName metricName = new MetricName(name, "producer-metrics", "", Map.of());
        setMockMetrics(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return figures[index];
            }
        });
    }

    /** What its metrics say. */
    public void figures(final int connections, final int bufferTotal, final int bufferFree, final int sent) {
        figures[0] = connections;
        figures[1] = bufferTotal;
        figures[2] = bufferFree;
        figures[3] = sent;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
            final ProducerRecord<byte[], byte[]> record, final Callback callback) {
        final Consumer<Callback> instead = onSend;
        if (instead != null) {
            instead.accept(callback);
        } else {
            callbacks.add(callback);
            values.add(new String(record.value(), StandardCharsets.UTF_8));
        }
        return new CompletableFuture<>();
    }

    @Override
    public List<PartitionInfo> partitionsFor(final String topic) {
        metadata.accept(topic);
        return super.partitionsFor(topic);
    }

    @Override
    public void close(final Duration timeout) {
        closes++;
        super.close(timeout);
    }

    /** Kafka has the record. */
    public void acknowledge(final int index) {
        callbacks.get(index).onCompletion(null, null);
    }

    /** The producer gives the record up. */
    public void refuse(final int index, final Exception reason) {
        callbacks.get(index).onCompletion(null, reason);
    }
}
