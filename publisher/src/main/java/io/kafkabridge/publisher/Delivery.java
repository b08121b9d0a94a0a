package io.kafkabridge.publisher;

import java.util.OptionalLong;

/**
 * A message on its way to the broker. Two messages with the same text are two deliveries: compared by identity.
 */
final class Delivery {
    private final String text;
    private final OptionalLong since;

    private Delivery(String text, OptionalLong since) {
        this.text = text;
        this.since = since;
    }

    /** A new message, which was to be sent at that time of {@link System#nanoTime}. */
    static Delivery due(String text, long since) {
        return new Delivery(text, OptionalLong.of(since));
    }

    /** A message of an earlier run. */
    static Delivery stored(String text) {
        return new Delivery(text, OptionalLong.empty());
    }

    String text() {
        return text;
    }

    /** When its latency begins; empty for a message of an earlier run. */
    OptionalLong since() {
        return since;
    }
}
