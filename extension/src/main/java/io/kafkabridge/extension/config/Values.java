package io.kafkabridge.extension.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kafkabridge.common.Secret;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.model.KafkaTopic;

/** Text of {@code config.xml} to values. Each method throws {@link IllegalArgumentException} with the broken rule. */
public final class Values {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|min|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB|GiB)");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern SERVER =
            Pattern.compile("(?:(?<protocol>\\w+)://)?(?:\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+):(?<port>\\d{1,5})");
    private static final Pattern PROTOCOL = Pattern.compile("(^|,)(\\s*)\\w+://");
    private static final Pattern ADDRESS = Pattern.compile("(?:\\w+:?//)?[A-Za-z0-9._-]+:\\d+/?");
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

    private Values() {}

    static String id(final String text) {
        return matching(ID, text, "an id has 1 to 100 letters, digits, dots, dashes or underscores");
    }

    public static String nonEmpty(final String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the value is empty");
        }
        return text;
    }

    public static Secret secret(final String text) {
        return new Secret(nonEmpty(text));
    }

    static boolean bool(final String text) {
        return switch (text) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    static Duration duration(final String text) {
        final Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration such as 500ms, 30s, 5min or 1h");
        }
        final long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "min" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    static Duration durationBetween(final String text, final Duration min, final Duration max) {
        final Duration duration = duration(text);
        if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "must be from " + Wording.duration(min) + " to " + Wording.duration(max));
        }
        return duration;
    }

    static long sizeBetween(final String text, final long min, final long max) {
        final Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size such as 512KiB, 64MiB or 1GiB");
        }
        final int shift =
                switch (matcher.group(2)) {
                    case "B" -> 0;
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    default -> 30;
                };
        final long size = Long.parseLong(matcher.group(1)) << shift;
        if (size < min || size > max) {
            throw new IllegalArgumentException("must be from " + (min >> 20) + "MiB to " + (max >> 20) + "MiB");
        }
        return size;
    }

    static int intBetween(final String text, final int min, final int max) {
        if (text.matches("\\d{1,9}")) {
            final int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new IllegalArgumentException("must be a number from " + min + " to " + max);
    }

    static String kafkaTopic(final String text) {
        final String problem = KafkaTopic.problem(text);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return text;
    }

    /**
     * A list of {@code host:port}, separated by commas. IPv6 addresses stand in brackets. Each may have the protocol in front, as
     * cloud consoles and Kafka's own listeners have it.
     *
     * @param protocol the protocol that is in force, such as {@code SASL_SSL}
     * @return the list without protocols
     */
    static String bootstrapServers(final String text, final String protocol) {
        for (final String server : text.split(",", -1)) {
            final Matcher matcher = SERVER.matcher(server.strip());
            if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > 65_535) {
                throw new IllegalArgumentException("must be host:port, several separated by commas" + shown(server));
            }
            final String given = matcher.group("protocol");
            if (given != null && !PROTOCOLS.contains(given.toUpperCase(Locale.ROOT))) {
                throw new IllegalArgumentException("must be host:port; leave out " + given + "://" + shown(server));
            }
            if (given != null && !given.equalsIgnoreCase(protocol)) {
                throw new IllegalArgumentException(
                        given + ":// doesn't fit: with this <tls> and <authentication> it is " + protocol
                                + "; change them, or leave it out" + shown(server));
            }
        }
        return PROTOCOL.matcher(text).replaceAll("$1$2");
    }

    /** The one that is wrong, which may come out of a variable; but only what is surely an address. */
    private static String shown(final String server) {
        final String address = server.strip();
        return ADDRESS.matcher(address).matches() ? " (" + address + ")" : "";
    }

    private static String matching(final Pattern pattern, final String text, final String rule) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(rule);
        }
        return text;
    }
}
