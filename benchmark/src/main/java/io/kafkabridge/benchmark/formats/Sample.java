package io.kafkabridge.benchmark.formats;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.kafkabridge.benchmark.formats.candidate.SpoolRecord;

/** An endless series of records that can be recognized: a value begins with its number, the rest is random. Not thread-safe. */
final class Sample {

    static final int KEY_BYTES = 30;
    static final int VALUE_BYTES = 256;

    /** The records after that differ only in their number. */
    private static final int PERIOD = 2_000;

    private final List<SpoolRecord> records;
    private long next;

    Sample() {
        Random random = new Random(1);
        records = Stream.generate(() -> new SpoolRecord(bytes(random, KEY_BYTES), bytes(random, VALUE_BYTES)))
                .limit(PERIOD)
                .toList();
    }

    private static ByteBuffer bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /**
     * The next records. They are changed when they come round again.
     *
     * @param count a divisor of 2000
     */
    List<SpoolRecord> next(int count) {
        int from = (int) (next % PERIOD);
        List<SpoolRecord> batch = records.subList(from, from + count);
        for (SpoolRecord record : batch) {
            record.value().putLong(0, next++);
        }
        return batch;
    }

    /** Whether this is the record with the number. */
    boolean is(long number, SpoolRecord record) {
        SpoolRecord original = records.get((int) (number % PERIOD));
        ByteBuffer value = record.value();
        return value.remaining() == VALUE_BYTES
                && value.getLong(value.position()) == number
                && record.key().equals(original.key())
                && rest(value).equals(rest(original.value()));
    }

    /** Bytes in a record's value that no other record has. */
    byte[] mark(long number) {
        byte[] mark = new byte[2 * Long.BYTES];
        rest(records.get((int) (number % PERIOD)).value()).get(mark, Long.BYTES, Long.BYTES);
        ByteBuffer.wrap(mark).putLong(number);
        return mark;
    }

    private static ByteBuffer rest(ByteBuffer value) {
        return value.slice(value.position() + Long.BYTES, VALUE_BYTES - Long.BYTES);
    }
}
