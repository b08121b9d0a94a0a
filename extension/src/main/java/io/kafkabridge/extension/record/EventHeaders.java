package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

import io.kafkabridge.extension.model.Template;

/**
 * The attributes that make a record a CloudEvent (CloudEvents 1.0, Kafka protocol binding, binary content mode). The id is a
 * random UUID: a publish that comes again is another event. Thread-safe.
 */
final class EventHeaders {

    private static final String UNRESERVED = "-._~/";
    private static final Header VERSION = header("ce_specversion", "1.0");

    private final PublishText source;
    private final PublishText type;

    EventHeaders(final Template source, final Template type) {
        this.source = PublishText.compile(source, EventHeaders::percentEncode);
        this.type = PublishText.compile(type);
    }

    /**
     * Adds the attributes.
     *
     * @param timestamp milliseconds since 1970
     */
    void write(final Publish publish, final long timestamp, final Headers headers) {
        headers.add(VERSION);
        headers.add(header("ce_id", Uuids.next()));
        headers.add(header("ce_source", Objects.requireNonNull(source.of(publish))));
        headers.add(header("ce_type", Objects.requireNonNull(type.of(publish))));
        headers.add(header("ce_time", Instant.ofEpochMilli(timestamp).toString()));
    }

    /** What may stand in a path of a URI stays, all else is encoded (RFC 3986, section 2). */
    static String percentEncode(final String text) {
        final StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
            final char c = (char) (b & 0xff);
            final boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return encoded.toString();
    }

    private static char hex(final int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }

    private static Header header(final String name, final String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
