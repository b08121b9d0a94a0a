package io.kafkabridge.extension.delivery;

import java.time.Duration;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Notices a producer that holds records and sends none. A {@code KafkaProducer} looks for records that are late only when it
 * is about to send; while it waits for its producer id ({@code InitProducerId}) it isn't, so {@code delivery.timeout.ms}
 * means nothing then. It asks the producer's own metrics: that costs the way of a record nothing. For one thread.
 */
final class SendWatch {

    private final long limitNanos;
    private @Nullable Producer<byte[], byte[]> watched;
    private @Nullable Metric bufferTotal;
    private @Nullable Metric bufferFree;
    private @Nullable Metric sent;
    private double sentBefore;
    private long lastProgress;

    /**
     * Makes a watch.
     *
     * @param limit how long records may be held without a request
     */
    SendWatch(final Duration limit) {
        limitNanos = limit.toNanos();
    }

    /** Looks at a producer; whether it has held records for too long. */
    boolean isStalled(final Producer<byte[], byte[]> producer) {
        if (watched != producer) {
            watch(producer);
        }
        final double nowSent = Producers.number(sent);
        if (nowSent != sentBefore || Producers.number(bufferFree) >= Producers.number(bufferTotal)) {
            sentBefore = nowSent;
            lastProgress = System.nanoTime();
            return false;
        }
        return System.nanoTime() - lastProgress >= limitNanos;
    }

    private void watch(final Producer<byte[], byte[]> producer) {
        watched = producer;
        bufferTotal = Producers.metric(producer, "buffer-total-bytes");
        bufferFree = Producers.metric(producer, "buffer-available-bytes");
        sent = Producers.metric(producer, "record-send-total");
        lastProgress = System.nanoTime();
        sentBefore = Producers.number(sent);
    }
}
