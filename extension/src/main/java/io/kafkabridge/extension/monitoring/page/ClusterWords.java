package io.kafkabridge.extension.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.delivery.DeliveryStatus;

/**
 * A cluster's state, as one tells it to somebody who was woken up by it.
 *
 * @param level how much it matters
 * @param word the state in a word or two
 * @param text the state in a sentence or two
 */
record ClusterWords(Level level, String word, String text) {

    /** A guess that is further away than this says nothing. */
    private static final double MAX_GUESS_SECONDS = 400.0 * 24 * 3600;

    /** How long it takes until a trend is known. */
    private static final Duration TREND = Duration.ofSeconds(5);

    /** Below, a state doesn't last long enough to tell its time. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(2);

    /**
     * Finds the words.
     *
     * @param spoolGrowth bytes a second that the spool grew of late; negative when it shrank
     * @param leaving records a second by which the spool got emptier of late; negative when it filled
     */
    static ClusterWords of(
            final DeliveryStatus status, final Instant now, final double spoolGrowth, final double leaving) {
        final Duration time = Duration.between(status.since(), now);
        return switch (status.state()) {
            case STARTING -> new ClusterWords(Level.INFO, "Connecting", "Connecting" + since(time) + ".");
            case LIVE ->
                new ClusterWords(
                        Level.GOOD,
                        "Live",
                        "Every record goes straight to Kafka" + (since(time).isEmpty() ? "" : "," + since(time)) + ".");
            case WAITING ->
                new ClusterWords(
                        Level.WARNING,
                        "Partly waiting",
                        "Some of its topics take no records" + since(time) + ". "
                                + Wording.count(status.inFlightRecords(), "message")
                                + (status.inFlightRecords() == 1 ? " waits" : " wait") + " in memory.");
            case AWAY -> away(status, time, spoolGrowth);
            case STUCK ->
                new ClusterWords(
                        Level.BAD,
                        "Stuck",
                        "Nothing moves: the bridge meets an unexpected error again and again. Restart HiveMQ, and report"
                                + " the error that the log has.");
            case CATCHING_UP ->
                new ClusterWords(
                        Level.INFO,
                        "Catching up",
                        "Back" + since(time) + ". " + Wording.number(status.spooledRecords())
                                + " of the kept messages left" + timeLeft(status.spooledRecords(), leaving, time)
                                + ".");
        };
    }

    private static ClusterWords away(final DeliveryStatus status, final Duration time, final double growth) {
        final List<String> sentences = new ArrayList<>();
        sentences.add("Away" + since(time) + ".");
        if (status.spooledRecords() > 0) {
            sentences.add(Wording.count(status.spooledRecords(), "message") + " ("
                    + Wording.bytes(status.spooledBytes()) + ") safe on disk.");
        }
        if (!status.spoolHasRoom()) {
            sentences.add("No room for more: clients are not acknowledged and keep their messages.");
            return new ClusterWords(Level.BAD, "Away, disk full", String.join(" ", sentences));
        }
        final double seconds = status.spoolFreeBytes() / growth;
        sentences.add(
                growth > 0 && seconds < MAX_GUESS_SECONDS
                        ? "Room for " + Wording.time(Duration.ofSeconds((long) seconds)) + " at this rate."
                        : "Room for " + Wording.bytes(status.spoolFreeBytes()) + " more.");
        return new ClusterWords(Level.WARNING, "Away", String.join(" ", sentences));
    }

    private static String since(final Duration time) {
        return time.compareTo(WORTH_TELLING) < 0 ? "" : " for " + Wording.time(time);
    }

    private static String timeLeft(final long records, final double leaving, final Duration time) {
        final double seconds = records / leaving;
        if (leaving > 0 && seconds < MAX_GUESS_SECONDS) {
            return ", about " + Wording.time(Duration.ofSeconds((long) Math.ceil(seconds)));
        }
        // At first, the trend is still that of the outage.
        return time.compareTo(TREND) < 0 ? "" : "; new ones come as fast as they leave";
    }
}
