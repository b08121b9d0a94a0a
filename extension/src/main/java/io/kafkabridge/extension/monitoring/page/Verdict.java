package io.kafkabridge.extension.monitoring.page;

import java.util.Collection;
import java.util.List;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;

/**
 * All of it in one sentence.
 *
 * @param level how much it matters
 * @param text the sentence
 */
record Verdict(Level level, String text) {

    /**
     * The worst that there is, and what it means.
     *
     * @param config which configuration counts
     * @param clusters each cluster's status
     * @param arriving whether publishes arrived of late
     * @param rejected records that were rejected of late
     */
    static Verdict of(
            final ConfigStatus config,
            final Collection<DeliveryStatus> clusters,
            final boolean arriving,
            final long rejected) {
        return switch (config.state()) {
            case IN_FORCE -> of(clusters, arriving, rejected);
            case OLDER -> {
                final Verdict verdict = of(clusters, arriving, rejected);
                yield new Verdict(
                        worse(verdict.level(), Level.WARNING),
                        verdict.text() + " config.xml has mistakes: an older configuration is in force.");
            }
            case CLOSED ->
                new Verdict(
                        Level.BAD, "Closed: config.xml can’t be used, so no client is let in. Mend it; no restart.");
            case OPEN ->
                new Verdict(
                        Level.BAD,
                        "config.xml can’t be used: messages are acknowledged and lost, as ON_BROKEN_CONFIG=open asks for.");
        };
    }

    private static Verdict of(final Collection<DeliveryStatus> clusters, final boolean arriving, final long rejected) {
        final Verdict state = ofStates(clusters, arriving);
        final boolean damaged = clusters.stream().anyMatch(each -> each.corruptSegments() > 0);
        if (damaged) {
            return new Verdict(worse(state.level(), Level.WARNING), state.text() + " Part of a spool was damaged.");
        }
        if (rejected > 0) {
            return new Verdict(
                    worse(state.level(), Level.WARNING),
                    state.text() + " " + Wording.count(rejected, "message") + (rejected == 1 ? " was" : " were")
                            + " rejected in the last minutes.");
        }
        return state;
    }

    private static Verdict ofStates(final Collection<DeliveryStatus> clusters, final boolean arriving) {
        if (!in(clusters, DeliveryState.STUCK).isEmpty()) {
            return new Verdict(
                    Level.BAD, "The bridge is stuck by an unexpected error. Restart HiveMQ; the log has it.");
        }
        final List<DeliveryStatus> away = in(clusters, DeliveryState.AWAY);
        if (!away.stream().allMatch(DeliveryStatus::spoolHasRoom)) {
            return new Verdict(Level.BAD, "The disk is full while Kafka is away: messages can’t be made safe.");
        }
        if (!away.isEmpty()) {
            return new Verdict(
                    Level.WARNING,
                    (away.size() == clusters.size() ? "Kafka is away." : "A Kafka cluster is away.")
                            + " Messages are safe on this broker’s disk.");
        }
        if (!in(clusters, DeliveryState.WAITING).isEmpty()) {
            return new Verdict(Level.WARNING, "Some Kafka topics take no records.");
        }
        if (!in(clusters, DeliveryState.CATCHING_UP).isEmpty()) {
            return new Verdict(Level.INFO, "Kafka is back and gets what waited on disk.");
        }
        if (!in(clusters, DeliveryState.STARTING).isEmpty()) {
            return new Verdict(Level.INFO, "Connecting to Kafka.");
        }
        return new Verdict(Level.GOOD, arriving ? "Messages flow to Kafka." : "Ready. No messages at the moment.");
    }

    private static List<DeliveryStatus> in(final Collection<DeliveryStatus> clusters, final DeliveryState state) {
        return clusters.stream().filter(each -> each.state() == state).toList();
    }

    private static Level worse(final Level one, final Level other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
