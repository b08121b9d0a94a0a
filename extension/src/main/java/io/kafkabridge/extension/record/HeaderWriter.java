package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.HeaderSettings.Format;
import io.kafkabridge.extension.model.Template;

/**
 * Writes the headers of a mapping's records: MQTT's metadata, then the operator's own, then when it expires. Thread-safe.
 */
final class HeaderWriter {

    private record Extra(String name, PublishText value) {}

    private final @Nullable MetadataHeaders metadata;
    private final @Nullable EventHeaders event;
    private final List<Extra> extras;
    private final boolean expiry;

    /**
     * Headers.
     *
     * @param expiry whether {@link HeaderSettings#EXPIRES_AT} is one of them
     */
    HeaderWriter(final HeaderSettings settings, final boolean expiry) {
        metadata = settings.format() == Format.NONE
                ? null
                : new MetadataHeaders(settings.format(), settings.items(), settings.extras());
        this.expiry = expiry;
        event = settings.format() == Format.CLOUDEVENTS ? new EventHeaders(settings.source(), settings.type()) : null;
        extras = settings.extras().stream()
                .map(extra -> new Extra(extra.name(), PublishText.compile(extra.value())))
                .toList();
    }

    /**
     * Adds the headers of a publish to its record.
     *
     * @param arrival when the publish came, in milliseconds since 1970
     */
    void write(final Publish publish, final long arrival, final ProducerRecord<byte[], byte[]> record) {
        final Headers headers = record.headers();
        if (metadata != null) {
            metadata.write(publish, headers);
        }
        if (event != null) {
            event.write(publish, record.timestamp(), headers);
        }
        for (int i = 0; i < extras.size(); i++) {
            final String value = extras.get(i).value().of(publish);
            if (value != null) {
                headers.add(new RecordHeader(extras.get(i).name(), value.getBytes(StandardCharsets.UTF_8)));
            }
        }
        final Long seconds = expiry ? publish.properties().messageExpiryInterval() : null;
        if (seconds != null) {
            final String expires = Long.toString(arrival + TimeUnit.SECONDS.toMillis(seconds));
            headers.add(new RecordHeader(HeaderSettings.EXPIRES_AT, expires.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * The attributes that make a record a CloudEvent (CloudEvents 1.0, Kafka protocol binding, binary content mode). The id is a
     * random UUID: a publish that comes again is another event. Thread-safe.
     */
    private static final class EventHeaders {

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
            headers.add(header("ce_id", PublishText.uuid()));
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
}
