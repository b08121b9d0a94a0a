package io.kafkabridge.common;

/**
 * A value that must not be shown. Its {@link #toString()} hides it, so that what holds it can be logged, and its {@code equals}
 * compares it, so that a change is noticed.
 *
 * @param value the secret itself; ask for it only where it is handed over
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
