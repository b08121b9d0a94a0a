package io.kafkabridge.extension.record;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.model.Mapping.Timestamp;

/**
 * The timestamps of a mapping's records, in milliseconds since 1970: that of a user property, or that of the arrival. Kafka
 * deletes records by their timestamps and refuses those that are far ahead, so what can't be a date of this century is never one:
 * the arrival is, and that is counted, and told once a minute. Thread-safe.
 */
final class Timestamps {

    private static final Logger LOG = LoggerFactory.getLogger(Timestamps.class);
    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    /** Nobody measured for Kafka before; seconds since 1970 that somebody takes for milliseconds are a time of 1970. */
    private static final long FIRST = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
            .toInstant()
            .toEpochMilli();

    private static final int MAX_DIGITS = 14;

    /** From {@code 2026-11-23T10:00Z}; the others fail without the cost of an exception. */
    private static final int MIN_ISO = 17;

    private static final int MAX_ISO = 40;
    private static final int MAX_SHAPE = 32;
    private static final long UNREADABLE = Long.MIN_VALUE;

    private final String mappingId;
    private final @Nullable String property;
    private final long maxAhead;
    private final Runnable onReplaced;
    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());
    private final AtomicLong untold = new AtomicLong();

    /**
     * Those of a mapping.
     *
     * @param timestamp where they come from; empty: the arrival
     * @param onReplaced counts each publish whose property can't be taken, on the publish's thread
     */
    Timestamps(final String mappingId, final Optional<Timestamp> timestamp, final Runnable onReplaced) {
        this.mappingId = mappingId;
        this.property = timestamp.map(Timestamp::property).orElse(null);
        this.maxAhead = timestamp.map(Timestamp::maxAhead).orElse(Duration.ZERO).toMillis();
        this.onReplaced = onReplaced;
    }

    /**
     * The timestamp of a publish's record.
     *
     * @param arrival when the publish came
     */
    long of(final Publish publish, final long arrival) {
        final String text = property == null ? null : publish.properties().userProperty(property);
        if (text == null) {
            return arrival;
        }
        final long given = parse(text);
        if (given >= FIRST && given <= arrival + maxAhead) {
            return given;
        }
        onReplaced.run();
        untold.incrementAndGet();
        final long now = System.nanoTime();
        final long until = silentUntil.get();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + PERIOD)) {
            tell(publish, text, given);
        }
        return arrival;
    }

    private void tell(final Publish publish, final String text, final long given) {
        LOG.warn(
                "Mapping '{}' gives records the time of their arrival, {} since the last line like this: their user property"
                        + " '{}' is no time that Kafka should get. The last one, of client '{}', is {}; its shape is {}. Send"
                        + " milliseconds since 1970 or ISO 8601 with an offset.",
                mappingId,
                Wording.count(untold.getAndSet(0), "record"),
                property,
                publish.client().id(),
                problem(text, given),
                shape(text));
    }

    /** Milliseconds since 1970, or a date and time with its offset (ISO 8601); {@link #UNREADABLE} when it is neither. */
    private static long parse(final String text) {
        if (text.length() <= MAX_DIGITS && isNumber(text)) {
            return Long.parseLong(text);
        }
        if (text.length() < MIN_ISO || text.length() > MAX_ISO || !isDate(text) || !hasOffset(text)) {
            return UNREADABLE;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (final DateTimeException e) {
            return UNREADABLE;
        }
    }

    private static boolean isNumber(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isDate(final String text) {
        return text.length() > 10 && text.charAt(4) == '-' && (text.charAt(10) == 'T' || text.charAt(10) == 't');
    }

    /** Whether a date and time may have one, which most that can't be read lack. */
    private static boolean hasOffset(final String date) {
        final int end = date.length() - 1;
        final char last = date.charAt(end);
        return last == 'Z' || last == 'z' || isSign(date.charAt(end - 5)) || isSign(date.charAt(end - 8));
    }

    private static boolean isSign(final char c) {
        return c == '+' || c == '-';
    }

    private String problem(final String text, final long given) {
        if (given == UNREADABLE) {
            return isDate(text) && !hasOffset(text)
                    ? "a date and time without an offset"
                    : "neither a number of milliseconds nor a date and time with an offset";
        }
        if (given < FIRST) {
            return isNumber(text) && given >= FIRST / 1000
                    ? "before the year 2000, and looks like seconds"
                    : "before the year 2000";
        }
        return "more than <timestamp-max-ahead> ahead, " + Wording.time(Duration.ofMillis(maxAhead));
    }

    /** What it looks like, but not what it says: digits are 9, letters a. */
    static String shape(final String text) {
        final StringBuilder shape = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_SHAPE); i++) {
            final char c = text.charAt(i);
            shape.append(c >= '0' && c <= '9' ? '9' : c > ' ' && c < '@' ? c : c == 'T' || c == 'Z' ? c : 'a');
        }
        return "\"" + shape + (text.length() > MAX_SHAPE ? "..." : "") + "\", "
                + Wording.count(text.length(), "character");
    }
}
