package io.kafkabridge.extension.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;

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
                    "Stopped with {} in the spool of Kafka cluster '{}'; they go first when the bridge serves it again.",
                    Wording.count(spooled, "record"),
                    cluster);
        }
        if (unsafe > 0) {
            LOG.warn(
                    "Stopped with {} that found no room in the spool of Kafka cluster '{}'. Their clients were not"
                            + " acknowledged and send them again; QoS 0 messages are lost.",
                    Wording.count(unsafe, "record"),
                    cluster);
        }
    }
}
