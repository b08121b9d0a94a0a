package io.kafkabridge.extension.config;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times in words, for messages to the operator. */
public final class Wording {

    private Wording() {}

    /** {@code 1 mapping}, {@code 2 mappings}. */
    public static String count(final long number, final String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** A duration as the configuration has it, such as {@code 30s}. */
    public static String duration(final Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
