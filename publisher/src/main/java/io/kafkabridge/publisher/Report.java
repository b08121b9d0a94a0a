package io.kafkabridge.publisher;

import java.nio.file.Path;
import java.time.Duration;

/** What a publisher tells its user. */
interface Report {
    /** Messages of an earlier run are sent again. */
    void resending(int messages);

    void connected();

    void connectionLost(String reason);

    /** An attempt to connect has failed; the next one comes after the wait. */
    void notConnected(String line, Duration wait, Exception cause);

    /** A new message is on its way. */
    void sent(Delivery delivery);

    /**
     * The broker has acknowledged a message; QoS 0: it was sent.
     *
     * @param at when, in the time of {@link System#nanoTime}
     */
    void published(Delivery delivery, long at);

    /** A message is given up. */
    void failed(Delivery delivery, String reason);

    /** The publisher ends, and these messages had no answer. */
    void unanswered(int messages, Path folder);

    /** Something else is wrong. */
    void problem(String line, Exception cause);
}
