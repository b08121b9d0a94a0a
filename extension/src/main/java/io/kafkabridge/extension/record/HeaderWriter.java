package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.HeaderSettings.Format;

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
        metadata = settings.format() == Format.NONE ? null : new MetadataHeaders(settings);
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
}
