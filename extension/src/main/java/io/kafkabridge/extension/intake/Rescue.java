package io.kafkabridge.extension.intake;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.delivery.UnexpectedErrorException;

/**
 * Keeps what met an error of the bridge's own among the rejected records. What even that doesn't take is reported as failed,
 * unless nobody sends it again: then it is tried until it is kept. Never throws. Thread-safe.
 */
final class Rescue {

    private static final long RETRY_MILLIS = 1000;

    private final ScheduledExecutorService timer;
    private final FailureLog log;

    Rescue(final ScheduledExecutorService timer, final FailureLog log) {
        this.timer = timer;
        this.log = log;
    }

    /** What makes the record that is kept; it may throw. */
    @FunctionalInterface
    interface Making {
        ProducerRecord<byte[], byte[]> make();
    }

    /**
     * Keeps a record.
     *
     * @param route where it should have gone
     * @param record makes it, each time that it is tried
     * @param error what was met
     */
    void keep(
            final Route route,
            final Making record,
            final Throwable error,
            final String clientId,
            final Persistence persistence,
            final Acknowledgement acknowledgement) {
        try {
            route.delivery()
                    .reject(
                            record.make(),
                            new UnexpectedErrorException(error),
                            persistence,
                            acknowledgement,
                            route.origin());
        } catch (final Throwable again) {
            tell(() -> log.notKept(clientId, again));
            if (persistence != Persistence.UNTIL_SAFE) {
                final boolean disconnects = acknowledgement.failed(new UnexpectedErrorException(error));
                if (disconnects) {
                    tell(() -> route.delivery().metrics().disconnect());
                }
            } else {
                later(() -> keep(route, record, error, clientId, persistence, acknowledgement));
            }
            return;
        }
        tell(() -> log.unexpected(clientId, error));
    }

    private static void tell(final Runnable line) {
        try {
            line.run();
        } catch (final Throwable e) {
            // Without memory there is no log line; the publish counts.
        }
    }

    private void later(final Runnable action) {
        try {
            timer.schedule(action, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (final Throwable e) {
            // It isn't kept, and never acknowledged.
        }
    }
}
