package io.kafkabridge.benchmark.formats;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.kafkabridge.benchmark.formats.candidate.SpoolRecord;

/** Checks what comes back: the sample's records, from the first one on, in order. Not thread-safe. */
final class Readback implements Consumer<SpoolRecord> {

    private final Sample sample;
    private long next;
    private long right;
    private long wrong;

    Readback(Sample sample) {
        this.sample = sample;
    }

    @Override
    public void accept(SpoolRecord record) {
        ByteBuffer value = record.value();
        long number = value.remaining() < Long.BYTES ? -1 : value.getLong(value.position());
        if (number >= next && sample.is(number, record)) {
            right++;
            next = number + 1;
        } else {
            wrong++;
        }
    }

    /** Records that are as they were. */
    long right() {
        return right;
    }

    /** Records that were changed, or came again or too late. */
    long wrong() {
        return wrong;
    }

    /** Whether nothing is missing before the last record that came. */
    boolean withoutGap() {
        return wrong == 0 && right == next;
    }
}
