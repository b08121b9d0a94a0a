package io.kafkabridge.extension.payload;

/**
 * A number of a payload that is spelled otherwise than JSONata would write it: {@code 21.50}, {@code 1E5}, or with more digits than a double
 * has. It counts as the double, and is written as it came.
 */
final class JsonNumber extends Number {

    private static final long serialVersionUID = 1L;

    private final double value;
    private final String text;

    JsonNumber(final double value, final String text) {
        this.value = value;
        this.text = text;
    }

    @Override
    public int intValue() {
        return (int) value;
    }

    @Override
    public long longValue() {
        return (long) value;
    }

    @Override
    public float floatValue() {
        return (float) value;
    }

    @Override
    public double doubleValue() {
        return value;
    }

    /** As it came. */
    @Override
    public String toString() {
        return text;
    }
}
