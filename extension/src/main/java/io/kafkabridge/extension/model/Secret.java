package io.kafkabridge.extension.model;

/**
 * A value that must not be shown. Its {@link #toString()} hides it, so records that hold it can be logged.
 *
 * @param value the secret itself; ask for it only where it is handed to Kafka
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
