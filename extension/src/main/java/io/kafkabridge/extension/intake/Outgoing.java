package io.kafkabridge.extension.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Delivery;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.record.RejectedPublishException;
import io.kafkabridge.extension.routing.Matches;

/**
 * The records of one publish, between being made and being sent: their number must be known before the first is safe. What
 * breaks in one mapping or delivery is kept as it came, and touches no other. Used again for the next publish. For one thread.
 */
final class Outgoing {

    /** For publishes that aren't acknowledged. */
    static final Acknowledgement NOBODY_WAITS = new Acknowledgement() {
        @Override
        public void safe() {}

        @Override
        public boolean failed(final Exception cause) {
            return false;
        }

        @Override
        public boolean isWanted() {
            return true;
        }
    };

    private final Rescue rescue;
    private final List<Route> routes = new ArrayList<>(1);
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(1);

    /** Why a record is to be kept instead of sent: a {@link RejectedPublishException}, or what the mapping threw. */
    private final List<@Nullable Throwable> reasons = new ArrayList<>(1);

    private String clientId = "";

    Outgoing(final Rescue rescue) {
        this.rescue = rescue;
    }

    /** Makes the records of a publish; those of an earlier one are gone. A mapping whose filters hold it back makes none. */
    void make(final Publish publish, final Matches<Route> matching) {
        clear();
        clientId = publish.client().id();
        for (int i = 0; i < matching.size(); i++) {
            final Route route = matching.get(i);
            if (!publish.will() || route.lastWills()) {
                make(publish, route);
            }
        }
    }

    private void make(final Publish publish, final Route route) {
        try {
            final ProducerRecord<byte[], byte[]> record = route.records().create(publish);
            if (record != null) {
                add(route, record, null);
            }
        } catch (final RejectedPublishException e) {
            add(route, e.record(), e);
        } catch (final Throwable e) {
            // A stack overflow and a lack of memory, too: a payload may have caused them, and would again.
            add(route, route.records().raw(publish), e);
        }
    }

    private void add(final Route route, final ProducerRecord<byte[], byte[]> record, final @Nullable Throwable reason) {
        routes.add(route);
        records.add(record);
        reasons.add(reason);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    int size() {
        return records.size();
    }

    /** Where the first record goes. */
    Delivery firstDelivery() {
        return routes.get(0).delivery();
    }

    /** Hands the records to the deliveries of their routes. Each has one outcome at most, and never throws here. */
    void send(final Persistence persistence, final Acknowledgement acknowledgement) {
        final int count = records.size();
        for (int i = 0; i < count; i++) {
            // One record that is told twice, by a mistake of ours, must not stand for two.
            send(
                    routes.get(i),
                    records.get(i),
                    reasons.get(i),
                    persistence,
                    count == 1 ? acknowledgement : new FirstOutcome(acknowledgement));
        }
        clear();
    }

    private void send(
            final Route route,
            final ProducerRecord<byte[], byte[]> record,
            final @Nullable Throwable reason,
            final Persistence persistence,
            final Acknowledgement acknowledgement) {
        try {
            if (reason == null) {
                route.delivery().send(record, persistence, acknowledgement, route.origin());
            } else if (reason instanceof RejectedPublishException rejection) {
                route.delivery().reject(record, rejection, persistence, acknowledgement, route.origin());
            } else {
                rescue.keep(route, () -> record, reason, clientId, persistence, acknowledgement);
            }
        } catch (final Throwable e) {
            rescue.keep(route, () -> record, e, clientId, persistence, acknowledgement);
        }
    }

    private void clear() {
        routes.clear();
        records.clear();
        reasons.clear();
    }

    /** Passes on the first outcome of a record. */
    private static final class FirstOutcome implements Acknowledgement {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final Acknowledgement all;

        FirstOutcome(final Acknowledgement all) {
            this.all = all;
        }

        @Override
        public void safe() {
            if (ended.compareAndSet(false, true)) {
                all.safe();
            }
        }

        @Override
        public boolean failed(final Exception cause) {
            return ended.compareAndSet(false, true) && all.failed(cause);
        }

        @Override
        public boolean isWanted() {
            return all.isWanted();
        }
    }
}
