package io.kafkabridge.extension.delivery;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;

/** Tells a record that Kafka won't take from a cluster that takes none. */
final class Refusals {

    private Refusals() {}

    /**
     * The error of a topic that hides in a time-out: it doesn't exist and isn't created, or this user may not write to it.
     * Null when the time-out has another reason.
     */
    static @Nullable Exception ofTopic(final Exception timeout) {
        return timeout.getCause() instanceof Exception cause && concernsRecord(cause) ? cause : null;
    }

    /**
     * Whether an error concerns this record or its topic only. All others, a wrong password among them, concern the
     * whole cluster: an outage.
     */
    static boolean concernsRecord(final Exception error) {
        return error instanceof RecordTooLargeException
                || error instanceof UnknownTopicOrPartitionException
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

    /** The reason of a rejection as metrics name it: one of a few. */
    static String name(final Exception rejection) {
        if (rejection instanceof RecordTooLargeException || rejection instanceof RecordBatchTooLargeException) {
            return "too-large";
        }
        if (rejection instanceof UnknownTopicOrPartitionException) {
            return "topic-missing";
        }
        if (rejection instanceof InvalidTopicException) {
            return "topic-illegal";
        }
        if (rejection instanceof TopicAuthorizationException) {
            return "not-authorized";
        }
        if (rejection instanceof UnexpectedErrorException) {
            return "unexpected-error";
        }
        return concernsRecord(rejection) ? "refused-by-kafka" : "unfit-publish";
    }

    /**
     * Whether a producer that refuses with this error has to be replaced. One that waits for Kafka throws other
     * ApiExceptions; after a refused login or a refused producer id it doesn't try again.
     */
    static boolean breaksProducer(final Exception error) {
        return !(error instanceof ApiException)
                || error instanceof AuthenticationException
                || error instanceof ClusterAuthorizationException;
    }
}
