package io.kafkabridge.publisher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Console;

/**
 * Counts and latencies of many messages: one line, again and again, and a summary. On a terminal the line is updated in
 * place. Says the same thing once in half a minute, whichever client it comes from. Thread-safe: all clients share it.
 */
final class Progress implements Report {
    private static final long REPEAT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final String CLEAR = "\r\u001B[K";
    /** A line wider than the terminal is cut: a second row would stay when the line is rewritten. */
    private static final String NO_WRAP = "\u001B[?7l";

    private static final String WRAP = "\u001B[?7h";

    private final Console console;
    private final boolean inPlace;
    private final Counts counts;
    private final int clients;
    private final StartSignal start;
    private final Path stateFolder;

    private final Map<String, Long> said = new HashMap<>();
    private int unanswered;

    /**
     * Shows nothing by itself.
     *
     * @param inPlace whether the output is a terminal
     * @param stateFolder where messages without acknowledgement stay
     */
    Progress(Console console, boolean inPlace, Counts.Plan plan, StartSignal start, Path stateFolder) {
        this.console = console;
        this.inPlace = inPlace;
        this.counts = new Counts(plan, start);
        this.clients = plan.clients();
        this.start = start;
        this.stateFolder = stateFolder;
    }

    /** Shows how things stand. Nothing before the start. */
    synchronized void show() {
        if (start.given() == null) {
            return;
        }
        if (inPlace) {
            console.out().print(CLEAR + NO_WRAP + counts.line() + WRAP);
            console.out().flush();
        } else {
            console.say(counts.line());
        }
    }

    /** Says what became of all messages. */
    synchronized void summarize() {
        if (unanswered > 0) {
            warn(
                    "Without acknowledgement: " + unanswered
                            + "; QoS 1 and 2 are sent again at the next start with as many clients, from "
                            + stateFolder,
                    null);
        }
        counts.summary().forEach(this::say);
    }

    private synchronized void say(String line) {
        clear();
        console.say(line);
    }

    private synchronized void warn(String line, @Nullable Exception cause) {
        long now = System.nanoTime();
        Long before = said.get(line);
        if (before == null || now - before > REPEAT_NANOS) {
            said.put(line, now);
            clear();
            console.warn(line, cause);
        }
    }

    private void clear() {
        if (inPlace) {
            console.out().print(CLEAR);
            console.out().flush();
        }
    }

    @Override
    public void resending(int messages) {
        counts.resending(messages);
        say("Unacknowledged from an earlier run, to be sent again: " + messages);
    }

    @Override
    public void connected() {
        if (counts.connected()) {
            say(clients == 1 ? "Connected" : "Connected: " + clients + " clients");
        }
    }

    @Override
    public void connectionLost(String reason) {
        counts.disconnected();
        warn("Connection lost: " + reason, null);
    }

    @Override
    public void notConnected(String line, Duration wait, Exception cause) {
        warn(line + "; trying again", cause);
    }

    @Override
    public void sent(Delivery delivery) {
        counts.sent();
    }

    @Override
    public void published(Delivery delivery, long at) {
        counts.acknowledged(delivery, at);
    }

    @Override
    public void failed(Delivery delivery, String reason) {
        counts.failed(reason);
        warn(reason, null);
    }

    @Override
    public synchronized void unanswered(int messages, Path folder) {
        unanswered += messages;
    }

    @Override
    public void problem(String line, Exception cause) {
        warn(line, cause);
    }
}
