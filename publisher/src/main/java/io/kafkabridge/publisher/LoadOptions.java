package io.kafkabridge.publisher;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.kafkabridge.common.CommandFailure;

/** Options that say how many messages, how fast and by how many clients. */
final class LoadOptions {
    private static final int MOST_CLIENTS = 1000;

    @Option(
            names = "--interval",
            descriptionKey = "PUBLISHER_INTERVAL",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description =
                    "Time between two messages of a client, such as 500ms or 0; 2s by default, 0 with --message -."
                            + " [PUBLISHER_INTERVAL]")
    private @Nullable Duration interval;

    @Option(
            names = "--rate",
            descriptionKey = "PUBLISHER_RATE",
            paramLabel = "N",
            converter = Converters.Rate.class,
            description = "Messages per second of all clients together, such as 1000 or 0.5, instead of an interval."
                    + " Latencies count from the time at which a message should have left. [PUBLISHER_RATE]")
    private @Nullable Double rate;

    @Option(
            names = "--clients",
            descriptionKey = "PUBLISHER_CLIENTS",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "So many connections, 1 by default; with more than one the client ids end in -1, -2 and so on."
                            + " [PUBLISHER_CLIENTS]")
    private int clients;

    @Option(
            names = "--count",
            descriptionKey = "PUBLISHER_COUNT",
            paramLabel = "N",
            description = "End after so many messages, when all are acknowledged. [PUBLISHER_COUNT]")
    private @Nullable Long count;

    @Option(
            names = "--duration",
            descriptionKey = "PUBLISHER_DURATION",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "End after this time, such as 30s or 5m, when all messages are acknowledged."
                    + " [PUBLISHER_DURATION]")
    private @Nullable Duration duration;

    @Option(
            names = "--progress",
            negatable = true,
            description =
                    "Show rate and latencies instead of a line for each message; so by default with --rate or several"
                            + " --clients.")
    private @Nullable Boolean progress;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Throws CommandFailure when the options make no sense. */
    void check() {
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw CommandFailure.wrongSetting("--clients must be 1 to " + MOST_CLIENTS + ", not " + clients);
        }
        if (count != null && count < 1) {
            throw CommandFailure.wrongSetting("--count must be 1 or more, not " + count);
        }
        if (duration != null && duration.isZero()) {
            throw CommandFailure.wrongSetting("--duration must be more than 0");
        }
        if (rate != null && interval != null && isFlag("--rate") == isFlag("--interval")) {
            throw CommandFailure.wrongSetting("Give --rate or --interval, not both");
        }
    }

    /** When the messages of one client are due. */
    Schedule schedule(int client, Duration intervalByDefault) {
        Double perSecond = rate();
        return perSecond == null
                ? Schedule.every(Objects.requireNonNullElse(interval, intervalByDefault))
                : Schedule.atRate(perSecond, client, clients);
    }

    /** Messages per second of all clients; null for an interval. */
    @Nullable
    Double rate() {
        boolean overruled = interval != null && isFlag("--interval"); // the rate is only in the environment
        return overruled ? null : rate;
    }

    int clients() {
        return clients;
    }

    @Nullable
    Long count() {
        return count;
    }

    @Nullable
    Duration duration() {
        return duration;
    }

    boolean showsProgress() {
        return progress == null ? clients > 1 || rate() != null : progress;
    }

    private boolean isFlag(String option) {
        return Objects.requireNonNull(command, "not part of a command")
                .commandLine()
                .getParseResult()
                .hasMatchedOption(option);
    }
}
