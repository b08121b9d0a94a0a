package io.kafkabridge.extension.record;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The timestamps of a mapping's records: that of a user property, or now. Thread-safe. */
final class Timestamps {

    /** About the year 5138; what is beyond is no time in milliseconds. */
    private static final int MAX_DIGITS = 14;

    /** From {@code 2026-11-23T10:00Z}; the others fail without the cost of an exception. */
    private static final int MIN_ISO = 17;

    private static final int MAX_ISO = 40;

    private final @Nullable String property;

    Timestamps(final Optional<String> property) {
        this.property = property.orElse(null);
    }

    /** Milliseconds since 1970. */
    long of(final Publish publish) {
        final String text = property == null ? null : publish.properties().userProperty(property);
        final long given = text == null ? -1 : parse(text);
        return given >= 0 ? given : System.currentTimeMillis();
    }

    /** Milliseconds since 1970, or a date and time with its offset (ISO 8601); -1 when it is neither, or before 1970. */
    private static long parse(final String text) {
        if (text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.isEmpty() ? -1 : Long.parseLong(text);
        }
        if (text.length() < MIN_ISO || text.length() > MAX_ISO || text.charAt(4) != '-') {
            return -1;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (final DateTimeException e) {
            return -1; // Kafka wants a timestamp of every record: then it is that of the arrival.
        }
    }
}
