package io.kafkabridge.extension.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an operator what a delivery leaves behind. */
final class DeliveryLog {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);

    private DeliveryLog() {}

    /**
     * A delivery has stopped, and nobody takes over.
     *
     * @param spooled records that are safe in the spool
     * @param unsafe records that found no place anywhere
     */
    static void stopped(final String cluster, final long spooled, final int unsafe) {
        if (spooled > 0) {
            LOG.info(
                    "{} records wait in the spool for Kafka cluster '{}'; they go first when the bridge serves it again.",
                    spooled,
                    cluster);
        }
        if (unsafe > 0) {
            LOG.warn(
                    "{} records found no room in the spool of Kafka cluster '{}' at its stop. Their clients were not"
                            + " acknowledged and send them again.",
                    unsafe,
                    cluster);
        }
    }
}
