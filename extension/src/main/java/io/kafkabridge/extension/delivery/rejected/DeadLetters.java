package io.kafkabridge.extension.delivery.rejected;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.LimitedLog;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.kafka.KafkaErrors;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.Submission;

/**
 * Sends copies of rejected records to a Kafka topic, if one is configured: key, value and headers as they were, and headers
 * with the topic and the reason. The records themselves are on the disk already, so a copy that can't be sent is told and
 * given up. For the delivery's thread; Kafka's may put a copy back.
 */
public final class DeadLetters {

    static final String TOPIC_HEADER = "kafka-bridge.topic";
    static final String REASON_HEADER = "kafka-bridge.reason";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** Bytes of memory for copies that can't be sent now. */
    private static final long MAX_WAITING_BYTES = 4 << 20;

    private final Optional<String> topic;
    private final Queue<ProducerRecord<byte[], byte[]>> waiting = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Exception refusal;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private final LimitedLog<Exception> refusals = new LimitedLog<>(this::tell);

    public DeadLetters(final Optional<String> topic) {
        this.topic = topic;
    }

    /** A record was rejected. */
    void add(final RejectedRecord rejected) {
        if (topic.isEmpty()) {
            return;
        }
        final ProducerRecord<byte[], byte[]> record = rejected.record();
        final ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(topic.get(), null, record.timestamp(), record.key(), record.value());
        record.headers().forEach(header -> copy.headers().add(header));
        copy.headers()
                .add(new RecordHeader(TOPIC_HEADER, record.topic().getBytes(StandardCharsets.UTF_8)))
                .add(new RecordHeader(REASON_HEADER, rejected.reason().getBytes(StandardCharsets.UTF_8)));
        enqueue(copy);
    }

    /** Bounds what waits: the oldest copies are given up for new ones. */
    private void enqueue(final ProducerRecord<byte[], byte[]> copy) {
        waiting.add(copy);
        waitingBytes.addAndGet(Submission.sizeOf(copy));
        while (waitingBytes.get() > MAX_WAITING_BYTES) {
            final ProducerRecord<byte[], byte[]> oldest = waiting.poll();
            if (oldest == null) {
                return;
            }
            waitingBytes.addAndGet(-Submission.sizeOf(oldest));
            givenUp.incrementAndGet();
        }
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Sends what waits, as far as the producer takes it. */
    public void send(final KafkaSender sender) {
        while (!waiting.isEmpty()) {
            final ProducerRecord<byte[], byte[]> record = waiting.element();
            final Copy copy = new Copy(record);
            final Exception refused = sender.send(copy, System.nanoTime());
            if (refused != null && KafkaErrors.isNotYet(refused)) {
                refusal = refused;
                break;
            }
            waiting.remove();
            waitingBytes.addAndGet(-Submission.sizeOf(record));
            refusal = refused != null ? refused : refusal;
        }
        final Exception cause = refusal;
        if (cause != null) {
            refusal = null;
            refusals.add(cause);
        }
    }

    private void tell(final long count, final Exception cause) {
        LOG.warn(
                "Copies of rejected records can't be sent to the dead-letter topic '{}': {} wait, {} were given up. The"
                        + " records themselves are kept on the disk. Does the topic exist, and may the bridge write to it? {}",
                topic.orElse(""),
                Wording.number(waiting.size()),
                Wording.number(givenUp.get()),
                cause.toString());
    }

    private final class Copy extends Submission {

        Copy(final ProducerRecord<byte[], byte[]> record) {
            super(record);
        }

        @Override
        protected void delivered() {}

        @Override
        protected void refused(final Exception reason) {
            refusal = reason;
        }

        @Override
        public void rejected(final Exception reason) {}

        /** It came back: the producer that comes next gets it. */
        @Override
        public void fail(final Exception cause) {
            refusal = cause;
            enqueue(record());
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean isKept() {
            return false;
        }
    }
}
