package io.kafkabridge.extension.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's own fake of a producer, one after the other as a delivery opens them. */
final class FakeProducers {

    private final BlockingQueue<MockProducer<byte[], byte[]>> opened = new LinkedBlockingQueue<>();

    Producer<byte[], byte[]> open(final Map<String, Object> settings) {
        final MockProducer<byte[], byte[]> producer =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    /** As the real one: when it returns, what was under way has been aborted. */
                    @Override
                    public void close(final Duration timeout) {
                        super.close(timeout);
                        boolean more = true;
                        while (more) {
                            more = errorNext(new KafkaException("aborted"));
                        }
                    }
                };
        final MetricName name = new MetricName("connection-count", "producer-metrics", "", Map.of());
        producer.setMockMetrics(name, new Metric() {
            @Override
            public MetricName metricName() {
                return name;
            }

            @Override
            public Object metricValue() {
                return 1.0;
            }
        });
        opened.add(producer);
        return producer;
    }

    /** Waits for the next producer that is opened. */
    MockProducer<byte[], byte[]> next() throws InterruptedException {
        final @Nullable MockProducer<byte[], byte[]> producer = opened.poll(10, TimeUnit.SECONDS);
        if (producer == null) {
            throw new AssertionError("No producer was opened");
        }
        return producer;
    }

    /** The values that a producer took, as text. */
    static List<String> values(final MockProducer<byte[], byte[]> producer) {
        return producer.history().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
