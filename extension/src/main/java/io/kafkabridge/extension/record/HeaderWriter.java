package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.HeaderSettings.Format;

/** Writes the headers of a mapping's records: MQTT's metadata, then the operator's own. Thread-safe. */
final class HeaderWriter {

    private record Extra(String name, PublishText value) {}

    private final @Nullable MetadataHeaders metadata;
    private final @Nullable EventHeaders event;
    private final List<Extra> extras;

    HeaderWriter(final HeaderSettings settings) {
        metadata = settings.format() == Format.NONE ? null : new MetadataHeaders(settings.format(), settings.items());
        event = settings.format() == Format.CLOUDEVENTS ? new EventHeaders(settings.source(), settings.type()) : null;
        extras = settings.extras().stream()
                .map(extra -> new Extra(extra.name(), PublishText.compile(extra.value())))
                .toList();
    }

    /** Adds the headers of a publish to its record. */
    void write(final Publish publish, final ProducerRecord<byte[], byte[]> record) {
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
    }
}
