package io.kafkabridge.extension.delivery;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/** Tells a record that Kafka won't take from a cluster that takes none. */
final class Refusals {

    private Refusals() {}

    /**
     * Whether an error concerns this record or its topic only. All others, a wrong password among them, concern the
     * whole cluster: an outage.
     */
    static boolean concernsRecord(final Exception error) {
        return error instanceof RecordTooLargeException
                || error instanceof RecordBatchTooLargeException
                || error instanceof InvalidTopicException
                || error instanceof TopicAuthorizationException
                || error instanceof InvalidRecordException
                || error instanceof InvalidTimestampException
                || error instanceof CorruptRecordException
                || error instanceof PolicyViolationException
                || error instanceof SerializationException
                || error instanceof UnsupportedForMessageFormatException;
    }
}
