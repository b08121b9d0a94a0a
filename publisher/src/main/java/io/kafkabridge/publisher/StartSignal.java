package io.kafkabridge.publisher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** Lets all clients begin together, once each has connected. Thread-safe. */
final class StartSignal {
    private final AtomicInteger missing;
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private volatile @Nullable Long given;

    /** Waits for so many clients. */
    StartSignal(int clients) {
        missing = new AtomicInteger(clients);
    }

    /** Does something at the start, on the thread of the last client. To be called before any is ready. */
    void then(Runnable action) {
        actions.add(action);
    }

    /** One more client has connected; each says so once. */
    void ready() {
        if (missing.decrementAndGet() == 0) {
            given = System.nanoTime();
            actions.forEach(Runnable::run);
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
