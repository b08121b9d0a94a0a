package io.kafkabridge.extension.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.producer.ProducerRecord;

/** A record that notes what becomes of it. */
public final class NotedSubmission extends Submission {

    /** What it was told, in order. */
    public final Queue<String> calls = new ConcurrentLinkedQueue<>();

    /** See {@link Submission#isWanted}. */
    public boolean wanted = true;

    /** See {@link Submission#isKept}. */
    public boolean kept;

    /** A record with that topic and value. */
    public NotedSubmission(final String topic, final String value) {
        this(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** That record. */
    public NotedSubmission(final ProducerRecord<byte[], byte[]> record) {
        super(record);
    }

    @Override
    protected void delivered() {
        calls.add("delivered");
    }

    @Override
    protected void refused(final Exception reason) {
        calls.add("refused: " + reason.getMessage());
    }

    @Override
    public void rejected(final Exception reason) {
        calls.add("rejected: " + reason.getMessage());
    }

    @Override
    public void fail(final Exception cause) {
        calls.add("failed: " + cause.getMessage());
    }

    @Override
    public boolean isWanted() {
        return wanted;
    }

    @Override
    public boolean isKept() {
        return kept;
    }
}
