package io.kafkabridge.extension.intake;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.routing.Matches;

/**
 * Makes the records of last wills and hands them to the deliveries. Nobody sends a will again, so they are kept until Kafka or
 * the spool takes them; beyond a limit they are dropped and counted like QoS 0, since nothing else bounds their number.
 * Thread-safe.
 */
final class WillSender implements Consumer<Publish> {

    /** Bytes of memory for wills on their way. */
    private static final long LIMIT = 16 << 20;

    /** What a will's objects take besides its payload, about. */
    private static final int OVERHEAD = 1000;

    private final Function<String, Matches<Route>> routes;
    private final FailureLog failureLog;
    private final AtomicLong underWay = new AtomicLong();

    /**
     * Makes it.
     *
     * @param routes where a topic's publishes go
     * @param failureLog tells about errors
     */
    WillSender(final Function<String, Matches<Route>> routes, final FailureLog failureLog) {
        this.routes = routes;
        this.failureLog = failureLog;
    }

    @Override
    public void accept(final Publish will) {
        try {
            final Outgoing outgoing = new Outgoing();
            final Matches<Route> matching = routes.apply(will.topic());
            outgoing.make(will, matching);
            matching.clear();
            if (!outgoing.isEmpty()) {
                outgoing.send(persistence(), start(outgoing.size(), OVERHEAD + will.payload().length));
            }
        } catch (final Throwable e) {
            failureLog.unexpected(will.client().id(), e);
        }
    }

    Persistence persistence() {
        return underWay.get() < LIMIT ? Persistence.UNTIL_SAFE : Persistence.BEST_EFFORT;
    }

    /** Counts records of that size until they have arrived. */
    Acknowledgement start(final int records, final long size) {
        underWay.addAndGet(records * size);
        return new Acknowledgement() {
            @Override
            public void safe() {
                underWay.addAndGet(-size);
            }

            @Override
            public boolean failed(final Exception cause) {
                underWay.addAndGet(-size);
                return false;
            }

            @Override
            public boolean isWanted() {
                return true;
            }
        };
    }
}
