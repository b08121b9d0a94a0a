package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Template;
import io.kafkabridge.extension.model.Template.Field;

/** The keys of a mapping's records. Thread-safe. */
@FunctionalInterface
interface Keys {

    /** The key of a publish's record; null for none. Nobody changes it. */
    byte @Nullable [] of(Publish publish);

    /**
     * The keys that a template makes, in UTF-8. Correlation data alone are the bytes as they are.
     *
     * @param template empty: no keys
     */
    static Keys of(final Optional<Template> template) {
        if (template.isEmpty()) {
            return publish -> null;
        }
        final PublishText text = PublishText.compile(template.get());
        final Optional<String> constant = template.get().constant();
        if (constant.isPresent()) {
            final byte[] key = constant.get().getBytes(StandardCharsets.UTF_8);
            return publish -> key;
        }
        if (template.get().isOnly(Field.CORRELATION_DATA)) {
            return publish -> {
                final byte[] data = publish.properties().correlationData();
                return data != null ? data : bytes(text, publish);
            };
        }
        return publish -> bytes(text, publish);
    }

    private static byte[] bytes(final PublishText text, final Publish publish) {
        return Objects.requireNonNull(text.of(publish)).getBytes(StandardCharsets.UTF_8);
    }
}
