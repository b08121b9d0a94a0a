package io.kafkabridge.common;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers, sizes and times in words, for messages to the operator. */
public final class Wording {

    private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");
    private static final int KILO = 1024;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private Wording() {}

    /** {@code 12,400}. */
    public static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 mapping}, {@code 12,400 records}. */
    public static String count(final long number, final String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** {@code 730 bytes}, {@code 1.2 GiB}. */
    public static String bytes(final long bytes) {
        double value = bytes;
        int unit = 0;
        // 0.05: what would be rounded to 1024.0 is 1.0 of the next.
        while (value >= KILO - 0.05 && unit < UNITS.size() - 1) {
            value /= KILO;
            unit++;
        }
        return unit == 0 ? count(bytes, "byte") : String.format(Locale.ROOT, "%,.1f %s", value, UNITS.get(unit));
    }

    /** How long something took or takes, with the two units that matter: {@code 0.4 s}, {@code 3 min 20 s}, {@code 2 d 5 h}. */
    public static String time(final Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, time.toMillis()) / 1000.0);
        }
        if (time.compareTo(MINUTE) < 0) {
            return time.toSeconds() + " s";
        }
        if (time.compareTo(HOUR) < 0) {
            return time.toMinutes() + " min" + rest(time.toSecondsPart(), "s");
        }
        return time.compareTo(DAY) < 0
                ? time.toHours() + " h" + rest(time.toMinutesPart(), "min")
                : number(time.toDays()) + " d" + rest(time.toHoursPart(), "h");
    }

    private static String rest(final int number, final String unit) {
        return number == 0 ? "" : " " + number + " " + unit;
    }

    /** A duration as the configuration has it, such as {@code 30s}. */
    public static String duration(final Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
