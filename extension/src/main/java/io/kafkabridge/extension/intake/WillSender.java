package io.kafkabridge.extension.intake;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.record.RawRecord;
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
    private final Supplier<@Nullable Route> firstRoute;
    private final Rescue rescue;
    private final AtomicLong underWay = new AtomicLong();

    /**
     * Makes it.
     *
     * @param routes where a topic's publishes go
     * @param firstRoute where a will is kept whose routes can't be found; null: nowhere
     * @param rescue keeps what meets an error
     */
    WillSender(
            final Function<String, Matches<Route>> routes,
            final Supplier<@Nullable Route> firstRoute,
            final Rescue rescue) {
        this.routes = routes;
        this.firstRoute = firstRoute;
        this.rescue = rescue;
    }

    @Override
    public void accept(final Publish will) {
        final long size = (long) OVERHEAD + will.payload().length;
        try {
            final Outgoing outgoing = new Outgoing(rescue);
            final Matches<Route> matching = routes.apply(will.topic());
            outgoing.make(will, matching);
            matching.clear();
            if (!outgoing.isEmpty()) {
                outgoing.send(persistence(), start(outgoing.size(), size));
            }
        } catch (final Throwable e) {
            final Route route = firstRoute.get();
            if (route != null) {
                rescue.keep(
                        route,
                        () -> RawRecord.of(will, will.topic()),
                        e,
                        will.client().id(),
                        persistence(),
                        start(1, size));
            }
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
