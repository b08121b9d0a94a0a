package io.kafkabridge.extension.page;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Say {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final double FULL_PRECISION = 100;

    private Say() {}

    /** {@code 12,400}. */
    static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 message}, {@code 12,400 messages}. */
    static String count(final long number, final String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** {@code 9.8 GiB}. */
    static String bytes(final long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 || value >= FULL_PRECISION
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : String.format(Locale.ROOT, "%.1f", value))
                + " " + UNITS[unit];
    }

    /** {@code 12 s}, {@code 3 min}, {@code 2 h 10 min}, {@code 4 days}: two units at most, the second only where it matters. */
    static String time(final Duration time) {
        final long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        final long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < 600) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        final long hours = minutes / 60;
        return hours < 48 ? hours + " h" : number(hours / 24) + " days";
    }

    private static String two(final long first, final String unit, final long second, final String smaller) {
        return first + " " + unit + (second == 0 ? "" : " " + second + " " + smaller);
    }
}
