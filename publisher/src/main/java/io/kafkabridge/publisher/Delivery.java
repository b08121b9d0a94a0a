package io.kafkabridge.publisher;

/**
 * A message on its way to the broker. Two messages with the same text are two deliveries: compared by identity.
 */
final class Delivery {
    private final String text;

    Delivery(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
