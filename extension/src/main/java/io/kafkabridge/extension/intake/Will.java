package io.kafkabridge.extension.intake;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.record.Publish;

/** The last will of one connection, and what its end and its client's return do to it. {@link Wills} guards it. */
final class Will {

    private final Publish publish;
    private final long delay;

    /** Set by the timer, too. */
    private volatile long sessionExpiry;

    private @Nullable ConnectionLife successor;
    private boolean waiting;
    private boolean settled;
    private @Nullable Future<?> timer;

    /**
     * A will.
     *
     * @param publish what it publishes
     * @param delay the will delay interval, in seconds (MQTT 5.0, section 3.1.3.2.2)
     * @param sessionExpiry the session expiry interval, in seconds
     */
    Will(final Publish publish, final long delay, final long sessionExpiry) {
        this.publish = publish;
        this.delay = delay;
        this.sessionExpiry = sessionExpiry;
    }

    Publish publish() {
        return publish;
    }

    String clientId() {
        return publish.client().id();
    }

    /** Whether the CONNECT asks for a delay. */
    boolean asksForDelay() {
        return delay > 0;
    }

    /** Seconds from the connection's end until it is due: not later than the end of the session. */
    long dueAfter() {
        return Math.min(delay, sessionExpiry);
    }

    /** The session lives as long, instead of what the CONNECT said. */
    void sessionExpires(final long seconds) {
        sessionExpiry = seconds;
    }

    /** A connection of the same client that HiveMQ is about to give the session to; null once it has ended itself. */
    @Nullable
    ConnectionLife successor() {
        return successor == null || successor.hasEnded() ? null : successor;
    }

    void setSuccessor(final ConnectionLife next) {
        successor = next;
    }

    /** Whether the connection has ended and the delay runs. */
    boolean isWaiting() {
        return waiting;
    }

    /** The delay runs, and that is the next to happen. */
    void waitFor(final Future<?> next) {
        waiting = true;
        timer = next;
    }

    /** Whether it was sent, or is of no interest any more. */
    boolean isSettled() {
        return settled;
    }

    /** It is sent, or of no interest any more. */
    void settle() {
        settled = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
