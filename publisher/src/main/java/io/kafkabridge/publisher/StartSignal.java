package io.kafkabridge.publisher;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** Lets all clients begin together, once each has connected. Thread-safe. */
final class StartSignal {
    private final AtomicInteger missing;
    private final Runnable whenGiven;
    private volatile @Nullable Long given;

    /**
     * Waits for so many clients.
     *
     * @param whenGiven called once, by the last client
     */
    StartSignal(int clients, Runnable whenGiven) {
        missing = new AtomicInteger(clients);
        this.whenGiven = whenGiven;
    }

    /** One more client has connected; each says so once. */
    void ready() {
        if (missing.decrementAndGet() == 0) {
            given = System.nanoTime();
            whenGiven.run();
        }
    }

    /** When all were ready, in the time of {@link System#nanoTime}; null before. */
    @Nullable
    Long given() {
        return given;
    }

    /** The time since then; zero before. */
    Duration elapsed() {
        Long start = given;
        return start == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
    }
}
