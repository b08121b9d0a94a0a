package io.kafkabridge.extension.payload;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

import com.dashjoin.jsonata.JException;
import com.fasterxml.jackson.core.io.NumberOutput;

/** Numbers as JSONata's reference has them: JavaScript's, which are doubles, and their texts. */
final class Numbers {

    /** Beyond it, a double doesn't hold every integer. */
    static final long MAX_EXACT_INTEGER = 1L << 53;

    /** What $string leaves of a fraction's digits. */
    private static final MathContext STRING_DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    /** From here on JavaScript writes an exponent. */
    private static final int PLAIN_DIGITS = 21;

    private static final double MAX_PLAIN = 1e21;

    /** And below one, from so many zeros on. */
    private static final int PLAIN_ZEROS = 5;

    private Numbers() {}

    /**
     * The number that was calculated.
     *
     * @throws JException when it isn't finite
     */
    static Number of(final double value) {
        if (!Double.isFinite(value)) {
            throw new JException("D1001", -1);
        }
        final long integer = (long) value;
        if (integer != value || Math.abs(integer) > MAX_EXACT_INTEGER) {
            return value;
        }
        final int small = (int) integer;
        return small == integer ? (Number) small : (Number) integer;
    }

    /** The text of a calculated number in JSON. */
    static String json(final double value) {
        final long integer = (long) value;
        if (integer == value && Math.abs(integer) <= MAX_EXACT_INTEGER) {
            return Long.toString(integer);
        }
        return text(new BigDecimal(NumberOutput.toString(value, true)));
    }

    /**
     * The text that $string and &amp; make of a number. Integers keep their digits, which JavaScript's wouldn't beyond 2^53: ids have that
     * many.
     */
    static String text(final Number number) {
        if (number instanceof Integer || number instanceof Long) {
            return number.toString();
        }
        final double value = number.doubleValue();
        if (value != Math.rint(value)) {
            return text(new BigDecimal(value).round(STRING_DIGITS));
        }
        if (number instanceof JsonNumber && Math.abs(value) >= MAX_EXACT_INTEGER && Math.abs(value) < MAX_PLAIN) {
            final BigDecimal exact = new BigDecimal(number.toString());
            return exact.stripTrailingZeros().scale() <= 0
                    ? exact.toBigInteger().toString()
                    : json(value);
        }
        return json(value);
    }

    /** As JavaScript writes it. */
    private static String text(final BigDecimal number) {
        final BigDecimal stripped = number.stripTrailingZeros();
        final String digits = stripped.unscaledValue().abs().toString();
        final int point = digits.length() - stripped.scale();
        final StringBuilder text = new StringBuilder(32);
        if (stripped.signum() < 0) {
            text.append('-');
        }
        if (point > PLAIN_DIGITS || point < -PLAIN_ZEROS) {
            text.append(digits, 0, 1);
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            return text.append('e')
                    .append(point > 0 ? "+" : "")
                    .append(point - 1)
                    .toString();
        }
        if (point <= 0) {
            return text.append("0.").append("0".repeat(-point)).append(digits).toString();
        }
        if (point >= digits.length()) {
            return text.append(digits)
                    .append("0".repeat(point - digits.length()))
                    .toString();
        }
        return text.append(digits, 0, point)
                .append('.')
                .append(digits, point, digits.length())
                .toString();
    }

    /** Rounds half to even, by the number's decimal digits. */
    static double round(final double value, final int precision) {
        if (!Double.isFinite(value) || (Math.abs(value) >= MAX_EXACT_INTEGER && precision >= 0)) {
            return value;
        }
        // Beyond these a double has no digits left, and below none before.
        final int places = Math.max(-400, Math.min(400, precision));
        final double rounded = new BigDecimal(NumberOutput.toString(value, true))
                .setScale(places, RoundingMode.HALF_EVEN)
                .doubleValue();
        return rounded + 0.0; // JSON has no -0.
    }
}
