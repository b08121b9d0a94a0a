package io.kafkabridge.extension.record;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Template;
import io.kafkabridge.extension.model.Template.Part;
import io.kafkabridge.extension.model.Template.Placeholder;
import io.kafkabridge.extension.model.Template.Text;
import io.kafkabridge.extension.model.TopicLevels;

/** The text that a template makes of a publish, made ready for many of them. Thread-safe. */
@FunctionalInterface
interface PublishText {

    /** Sets UUIDs apart from those of other processes and of earlier starts. */
    UUID PROCESS = UUID.randomUUID();

    /** The text; null when a placeholder without a default has no value in the publish. */
    @Nullable
    String of(Publish publish);

    /** Makes a template ready. */
    static PublishText compile(final Template template) {
        return compile(template, value -> value);
    }

    /**
     * Makes a template ready.
     *
     * @param encoding of the values of placeholders, but not of what is constant
     */
    static PublishText compile(final Template template, final UnaryOperator<String> encoding) {
        final Optional<String> constant = template.constant();
        if (constant.isPresent()) {
            final String text = constant.get();
            return publish -> text;
        }
        final List<PublishText> parts =
                template.parts().stream().map(part -> compile(part, encoding)).toList();
        return parts.size() == 1 ? parts.get(0) : concatenation(parts.toArray(PublishText[]::new));
    }

    private static PublishText concatenation(final PublishText[] parts) {
        return publish -> {
            final StringBuilder text = new StringBuilder(64);
            for (final PublishText part : parts) {
                final String next = part.of(publish);
                if (next == null) {
                    return null;
                }
                text.append(next);
            }
            return text.toString();
        };
    }

    private static PublishText compile(final Part part, final UnaryOperator<String> encoding) {
        if (part instanceof Text text) {
            return publish -> text.text();
        }
        final Placeholder placeholder = (Placeholder) part;
        final PublishText value = value(placeholder);
        final String fallback = placeholder.fallback().map(encoding).orElse(null);
        // The first level of /plant is empty: where a default is given, that is meant for it as well.
        final boolean orEmpty = fallback != null && placeholder.levels().isPresent();
        return publish -> {
            final String text = value.of(publish);
            return text == null || (orEmpty && text.isEmpty()) ? fallback : encoding.apply(text);
        };
    }

    private static PublishText value(final Placeholder placeholder) {
        return switch (placeholder.field()) {
            case TOPIC -> topic(placeholder.levels());
            case CLIENT_ID -> publish -> publish.client().id();
            case USERNAME -> publish -> publish.client().username();
            case QOS -> publish -> Integer.toString(publish.qos());
            case RETAIN -> publish -> Boolean.toString(publish.retain());
            case PACKET_ID -> publish -> publish.packetId() == 0 ? null : Integer.toString(publish.packetId());
            case USER_PROPERTY -> publish -> publish.properties().userProperty(placeholder.property());
            case CONTENT_TYPE -> publish -> publish.properties().contentType();
            case RESPONSE_TOPIC -> publish -> publish.properties().responseTopic();
            case CORRELATION_DATA ->
                publish -> BinaryText.of(publish.properties().correlationData());
            case UUID -> publish -> uuid();
        };
    }

    private static PublishText topic(final Optional<TopicLevels> levels) {
        if (levels.isEmpty()) {
            return Publish::topic;
        }
        final TopicLevels some = levels.get();
        return publish -> some.of(publish.topic());
    }

    /**
     * A random UUID (RFC 9562, version 4). Unlike {@link UUID#randomUUID()}, threads don't share a random number generator, and
     * its lock; so it is unique, but not hard to guess.
     */
    static String uuid() {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        final long most = ((random.nextLong() ^ PROCESS.getMostSignificantBits()) & ~0xF000L) | 0x4000L;
        final long least = ((random.nextLong() ^ PROCESS.getLeastSignificantBits()) & ~(3L << 62)) | (1L << 63);
        return new UUID(most, least).toString();
    }
}
