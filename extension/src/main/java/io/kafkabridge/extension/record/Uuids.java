package io.kafkabridge.extension.record;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random UUIDs (RFC 9562, version 4). Unlike {@link UUID#randomUUID()}, threads don't share a random number generator, and its
 * lock; so they are unique, but not hard to guess.
 */
final class Uuids {

    /** Apart from those of other processes and of earlier starts. */
    private static final UUID PROCESS = UUID.randomUUID();

    private Uuids() {}

    static String next() {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        final long most = ((random.nextLong() ^ PROCESS.getMostSignificantBits()) & ~0xF000L) | 0x4000L;
        final long least = ((random.nextLong() ^ PROCESS.getLeastSignificantBits()) & ~(3L << 62)) | (1L << 63);
        return new UUID(most, least).toString();
    }
}
