package io.kafkabridge.publisher;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes messages longer. */
final class Padding {
    /** The most bytes of a message: an MQTT packet has at most 256 MiB, this leaves room for the rest. */
    static final int LARGEST = 200_000_000;

    private Padding() {}

    /** Appends dots until the text has so many bytes in UTF-8. A longer one stays as it is. */
    static Messages to(int bytes, Messages source) {
        return new Messages() {
            @Override
            public @Nullable String poll() {
                String text = source.poll();
                return text == null ? null : text + ".".repeat(Math.max(0, bytes - text.getBytes(UTF_8).length));
            }

            @Override
            public boolean exhausted() {
                return source.exhausted();
            }
        };
    }
}
