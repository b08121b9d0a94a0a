package io.kafkabridge.extension.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.delivery.rejected.RejectedRecord;

/**
 * Sends copies of rejected records to a Kafka topic, if one is configured: key, value and headers as they were, and headers
 * with the topic and the reason. The records themselves are on the disk already, so a copy that can't be sent is told and
 * given up. For the delivery's thread; Kafka's may put a copy back.
 */
final class DeadLetters {

    static final String TOPIC_HEADER = "kafka-bridge.topic";
    static final String REASON_HEADER = "kafka-bridge.reason";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_WAITING = 1_000;

    private final Optional<String> topic;
    private final Queue<ProducerRecord<byte[], byte[]>> waiting = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Exception refusal;
    private long givenUp;
    private final OncePerMinute limit = new OncePerMinute();

    DeadLetters(final Optional<String> topic) {
        this.topic = topic;
    }

    /** A record was rejected. */
    void add(final RejectedRecord rejected) {
        if (topic.isEmpty()) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            waiting.poll();
            givenUp++;
        }
        final ProducerRecord<byte[], byte[]> record = rejected.record();
        final ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(topic.get(), null, record.timestamp(), record.key(), record.value());
        record.headers().forEach(header -> copy.headers().add(header));
        copy.headers()
                .add(new RecordHeader(TOPIC_HEADER, record.topic().getBytes(StandardCharsets.UTF_8)))
                .add(new RecordHeader(REASON_HEADER, rejected.reason().getBytes(StandardCharsets.UTF_8)));
        waiting.add(copy);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Sends what waits, as far as the producer takes it. */
    void send(final Producer<byte[], byte[]> producer) {
        while (!waiting.isEmpty()) {
            final ProducerRecord<byte[], byte[]> record = waiting.element();
            final Copy copy = new Copy(record);
            final Exception refused = copy.submit(producer, System.nanoTime());
            if (refused != null && Submission.isNotReady(refused)) {
                refusal = refused;
                break;
            }
            waiting.remove();
            if (refused != null) {
                copy.notDelivered(refused);
            }
        }
        tell();
    }

    private void tell() {
        final Exception cause = refusal;
        if (cause != null && limit.isDue()) {
            refusal = null;
            LOG.warn(
                    "Copies of rejected records can't be sent to the dead-letter topic '{}': {} wait, {} were given up. The"
                            + " records themselves are kept on the disk. Does the topic exist, and may the bridge write to it? {}",
                    topic.orElse(""),
                    Wording.number(waiting.size()),
                    Wording.number(givenUp),
                    cause.toString());
        }
    }

    private final class Copy extends Submission {

        Copy(final ProducerRecord<byte[], byte[]> record) {
            super(record);
        }

        @Override
        void delivered(final long now) {}

        @Override
        void notDelivered(final Exception cause) {
            refusal = cause;
            if (!Refusals.concernsRecord(cause) && waiting.size() < MAX_WAITING) {
                waiting.add(record()); // With the producer that comes next.
            }
        }

        @Override
        void rejected(final Exception reason) {}

        @Override
        void fail(final Exception cause) {}

        @Override
        boolean isKept() {
            return false;
        }
    }
}
