package io.kafkabridge.extension.intake;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.KafkaDelivery;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.record.RejectedPublishException;
import io.kafkabridge.extension.routing.Matches;

/**
 * The records of one publish, between being made and being sent: their number must be known before the first is safe. Used
 * again for the next publish. For one thread.
 */
final class Outgoing {

    private final List<Route> routes = new ArrayList<>(1);
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(1);
    private final List<@Nullable RejectedPublishException> rejections = new ArrayList<>(1);

    /** Makes the records of a publish; those of an earlier one are gone. A mapping whose filters hold it back makes none. */
    void make(final Publish publish, final Matches<Route> matching) {
        clear();
        for (int i = 0; i < matching.size(); i++) {
            final Route route = matching.get(i);
            if (publish.will() && !route.lastWills()) {
                continue;
            }
            try {
                final ProducerRecord<byte[], byte[]> record = route.records().create(publish);
                if (record != null) {
                    add(route, record, null);
                }
            } catch (final RejectedPublishException e) {
                add(route, e.record(), e);
            }
        }
    }

    private void add(
            final Route route,
            final ProducerRecord<byte[], byte[]> record,
            final @Nullable RejectedPublishException rejection) {
        routes.add(route);
        records.add(record);
        rejections.add(rejection);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    int size() {
        return records.size();
    }

    /** Where the first record goes. */
    KafkaDelivery firstDelivery() {
        return routes.get(0).delivery();
    }

    /** Hands the records to the deliveries of their routes. */
    void send(final Persistence persistence, final Acknowledgement acknowledgement) {
        for (int i = 0; i < records.size(); i++) {
            final Route route = routes.get(i);
            final RejectedPublishException rejection = rejections.get(i);
            if (rejection == null) {
                route.delivery().send(records.get(i), persistence, acknowledgement, route.origin());
            } else {
                route.delivery().reject(records.get(i), rejection, persistence, acknowledgement, route.origin());
            }
        }
        clear();
    }

    private void clear() {
        routes.clear();
        records.clear();
        rejections.clear();
    }
}
