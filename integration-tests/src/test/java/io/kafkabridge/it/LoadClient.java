package io.kafkabridge.it;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that publishes numbered messages without end, a window of them in flight. What is acknowledged goes into a {@link
 * Ledger}.
 */
final class LoadClient implements AutoCloseable {

    private static final int WINDOW = 10;
    private static final Duration FINISH_LIMIT = Duration.ofMinutes(1);

    private final String source;
    private final int qos;
    private final Pace pace;
    private final SessionClient client;
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger latestAcknowledged = new AtomicInteger();
    private final Thread thread;
    private volatile Ledger ledger;
    private volatile int latestPublished;
    private volatile boolean running = true;

    /**
     * How fast and how large.
     *
     * @param perSecond messages a second, at most; what can't be sent in time isn't made up for
     * @param size bytes of a payload, at least
     */
    record Pace(int perSecond, int size) {}

    private LoadClient(
            final String source,
            final int version,
            final int qos,
            final Pace pace,
            final int port,
            final Ledger ledger) {
        this.source = source;
        this.qos = qos;
        this.pace = pace;
        this.ledger = ledger;
        client = new SessionClient(source, version, port);
        thread = new Thread(this::run, source);
        thread.setDaemon(true);
        note(ledger);
    }

    /**
     * Connects and starts to publish to {@code load/<source>}.
     *
     * @param version 3 for MQTT 3.1.1, 5 for MQTT 5
     */
    static LoadClient start(
            final String source,
            final int version,
            final int qos,
            final Pace pace,
            final int port,
            final Ledger ledger) {
        final LoadClient client = new LoadClient(source, version, qos, pace, port, ledger);
        client.thread.start();
        return client;
    }

    private void run() {
        try {
            long due = System.nanoTime();
            for (int sequence = 1; running; sequence++) {
                for (long now = System.nanoTime(); now - due < 0; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                window.acquire();
                publish(sequence);
                due = Math.max(due, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(20))
                        + TimeUnit.SECONDS.toNanos(1) / pace.perSecond();
            }
            window.acquire(WINDOW); // All acknowledged.
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(final int sequence) {
        final Ledger book = ledger;
        latestPublished = sequence;
        client.publish("load/" + source, qos, Appearances.message(source, sequence, pace.size()))
                .whenComplete((result, error) -> {
                    if (error == null && qos > 0) {
                        book.acknowledged(source, sequence);
                        acknowledged.incrementAndGet();
                        latestAcknowledged.accumulateAndGet(sequence, Math::max);
                    }
                    window.release();
                });
    }

    /** Has every message that it publishes from now on noted in another ledger. */
    void note(final Ledger newLedger) {
        if (qos == 0) {
            newLedger.unacknowledged(source);
        }
        ledger = newLedger;
    }

    String source() {
        return source;
    }

    boolean isAcknowledged() {
        return qos > 0;
    }

    /** How many messages are acknowledged. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** The number of the message published latest. */
    int latestPublished() {
        return latestPublished;
    }

    /** The highest number of a message that is acknowledged. */
    int latestAcknowledged() {
        return latestAcknowledged.get();
    }

    int connects() {
        return client.connects();
    }

    /** Stops publishing; returns once everything published is acknowledged. */
    void finish() {
        running = false;
        try {
            thread.join(FINISH_LIMIT.toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException(source + " waits for acknowledgements");
        }
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
        client.close();
    }
}
