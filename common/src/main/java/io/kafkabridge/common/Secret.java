package io.kafkabridge.common;

/**
 * A password or API secret. Hides itself wherever it is turned into text by accident.
 *
 * @param value the secret in clear text
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
