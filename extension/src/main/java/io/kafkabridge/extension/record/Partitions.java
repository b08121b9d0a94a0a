package io.kafkabridge.extension.record;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Template;
import io.kafkabridge.extension.payload.UnfitException;

/** The partitions of a mapping's records. Thread-safe. */
final class Partitions {

    private static final int MAX_DIGITS = 9;

    private final @Nullable PublishText number;

    Partitions(final Optional<Template> template) {
        number = template.map(PublishText::compile).orElse(null);
    }

    /**
     * The partition of a publish; null where Kafka's partitioner chooses.
     *
     * @throws UnfitException when it isn't a number from 0
     */
    @Nullable
    Integer of(final Publish publish) throws UnfitException {
        if (number == null) {
            return null;
        }
        final String text = Objects.requireNonNull(number.of(publish));
        boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
        for (int i = 0; digits && i < text.length(); i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!digits) {
            throw new UnfitException("the partition comes out as \"" + text + "\", which isn't a number from 0");
        }
        return Integer.valueOf(text);
    }
}
