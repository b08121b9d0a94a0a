package io.kafkabridge.publisher;

import java.nio.file.Path;
import java.time.Duration;

import io.kafkabridge.common.Console;

/** A line for each message and each change of the connection. */
record Transcript(Console console) implements Report {
    @Override
    public void resending(int messages) {
        console.say("Unacknowledged from an earlier run, to be sent again: " + messages);
    }

    @Override
    public void connected() {
        console.say("Connected");
    }

    @Override
    public void connectionLost(String reason) {
        console.say("Connection lost: " + reason);
    }

    @Override
    public void notConnected(String line, Duration wait, Exception cause) {
        long seconds = Math.max(1, Math.round(wait.toMillis() / 1000.0));
        console.warn(line + "; trying again in " + seconds + " s", cause);
    }

    @Override
    public void sent(Delivery delivery) {}

    @Override
    public void published(Delivery delivery, long at) {
        console.say("Published: " + delivery.text());
    }

    @Override
    public void failed(Delivery delivery, String reason) {
        console.warn(reason + ": " + delivery.text());
    }

    @Override
    public void unanswered(int messages, Path folder) {
        console.warn("Without acknowledgement: " + messages + "; QoS 1 and 2 are sent again at the next start, from "
                + folder);
    }

    @Override
    public void problem(String line, Exception cause) {
        console.warn(line, cause);
    }
}
