package io.kafkabridge.extension.intake;

import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.routing.Matches;

/**
 * A QoS 2 publish that came while the bridge was closed: sends it, on the thread that opens the gate. Never throws.
 *
 * @param publish what came
 * @param pending what holds its acknowledgement; for one record, until it is known how many there are
 * @param intake knows the routes by then
 */
record KeptPublish(Publish publish, PendingPublish pending, Intake intake) implements Runnable {

    @Override
    public void run() {
        try {
            final Matches<Route> routes = intake.routes(publish.topic());
            final Outgoing outgoing = new Outgoing(intake.rescue());
            outgoing.make(publish, routes);
            routes.clear();
            if (outgoing.isEmpty()) {
                pending.safe();
            } else {
                pending.addRecords(outgoing.size() - 1);
                outgoing.send(Persistence.UNTIL_SAFE, pending);
            }
        } catch (final Throwable e) {
            // It stays pending: nobody acknowledges it.
            intake.failureLog().unexpectedAtEnd(publish.client().id(), e);
        }
    }
}
