package io.kafkabridge.extension.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.config.MappingXml;
import io.kafkabridge.extension.model.Mapping;

/** A mapping as it stands in the configuration, and what it makes of publishes. */
final class Mappings {

    private final RecordFactory factory;
    private final List<HeldBack> heldBack = new ArrayList<>();
    private int replacedTimestamps;

    private Mappings(final Mapping mapping) {
        factory = new RecordFactory(mapping, heldBack::add, () -> replacedTimestamps++);
    }

    /** One to the Kafka topic {@code t}. */
    static Mappings with(final String elements) {
        return withTopic("t", elements);
    }

    /** One of all topics. */
    static Mappings withTopic(final String kafkaTopic, final String elements) {
        return new Mappings(mapping("#", kafkaTopic, elements));
    }

    static Mapping mapping(final String filter, final String kafkaTopic, final String elements) {
        try {
            final Path file = Files.createTempFile("mapping", ".xml");
            Files.writeString(file, MappingXml.of(filter, "<kafka-topic>" + kafkaTopic + "</kafka-topic>" + elements));
            try {
                return ConfigFile.read(file, file.resolveSibling(""), Map.of())
                        .mappings()
                        .get(0);
            } finally {
                Files.delete(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final ConfigException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Nullable
    ProducerRecord<byte[], byte[]> tryCreate(final Publish publish) throws RejectedPublishException {
        return factory.create(publish);
    }

    ProducerRecord<byte[], byte[]> create(final Publish publish) {
        try {
            final ProducerRecord<byte[], byte[]> record = factory.create(publish);
            if (record == null) {
                throw new AssertionError("held back: " + heldBack);
            }
            return record;
        } catch (final RejectedPublishException e) {
            throw new AssertionError("rejected", e);
        }
    }

    RejectedPublishException rejection(final Publish publish) {
        try {
            throw new AssertionError("not rejected: " + factory.create(publish));
        } catch (final RejectedPublishException e) {
            return e;
        }
    }

    /** How many records got the time of their arrival instead of that of their property so far. */
    int replacedTimestamps() {
        return replacedTimestamps;
    }

    /** Why publishes were held back so far. */
    List<HeldBack> heldBack() {
        return heldBack;
    }
}
