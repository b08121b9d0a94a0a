package io.kafkabridge.extension.kafka;

import java.util.EnumSet;
import java.util.Set;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** What an error of Kafka says about a record, and what follows from it. Every error is of exactly one {@link Kind}. */
public final class KafkaErrors {

    /** What an error is about. */
    public enum Kind {
        /** This record: Kafka will never take it. */
        RECORD,
        /**
         * A neighbour of this record. A broker writes nothing of a batch with a bad record: that one gets its own error, the
         * innocent ones a plain {@link KafkaException}. So do records of a producer that was closed. They go again.
         */
        NEIGHBOUR,
        /** Its topic, which isn't there now; whether that is final shows in a while. */
        TOPIC,
        /** The producer: a new one may do better. */
        CLIENT,
        /** The cluster takes nothing now: an outage. */
        CLUSTER
    }

    /**
     * Of the record, or of its topic for good: what is sent again fails again. An error gets here only when it can't be
     * mended by waiting, since a record of any other kind is never given up.
     *
     * <p>{@code TOPIC_AUTHORIZATION_FAILED} in answer to a record isn't waited for as a missing topic is: a user who may
     * describe the topic but not write to it gets its metadata, so that the same records would go and come back without end.
     * {@code RECORD_LIST_TOO_LARGE} is about a batch that is larger than a segment of the topic, which a producer doesn't split.
     */
    private static final Set<Errors> OF_RECORD = EnumSet.of(
            Errors.MESSAGE_TOO_LARGE,
            Errors.RECORD_LIST_TOO_LARGE,
            Errors.INVALID_RECORD,
            Errors.INVALID_TIMESTAMP,
            Errors.POLICY_VIOLATION,
            Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT,
            Errors.INVALID_TOPIC_EXCEPTION,
            Errors.TOPIC_AUTHORIZATION_FAILED);

    /** It was deleted, or made anew with another id, or hasn't reached that broker yet. */
    private static final Set<Errors> OF_TOPIC =
            EnumSet.of(Errors.UNKNOWN_TOPIC_OR_PARTITION, Errors.UNKNOWN_TOPIC_ID, Errors.INCONSISTENT_TOPIC_ID);

    /**
     * A broker has lost what it knew of the producer, or takes it for an older one, or knows more of it than the producer. Or
     * the bytes of a batch changed on their way: {@code CORRUPT_MESSAGE} says nothing against the records of the batch, which a
     * producer sends again by itself; brokers before 2.4 answered so to a record without a key for a compacted topic, and
     * then the producer ends it as late, not with this error.
     *
     * <p>What isn't in any of these sets is an outage. So are errors that only a person mends ({@code
     * UNSUPPORTED_COMPRESSION_TYPE}, {@code CLUSTER_AUTHORIZATION_FAILED}, {@code SECURITY_DISABLED}, {@code
     * UNSUPPORTED_VERSION}, {@code INVALID_REQUIRED_ACKS}): the records wait in the spool until then. So is {@code
     * UNKNOWN_SERVER_ERROR}, which is a mistake in a broker. Errors of transactions and groups never come here.
     */
    private static final Set<Errors> OF_CLIENT = EnumSet.of(
            Errors.CORRUPT_MESSAGE,
            Errors.OUT_OF_ORDER_SEQUENCE_NUMBER,
            Errors.DUPLICATE_SEQUENCE_NUMBER,
            Errors.UNKNOWN_PRODUCER_ID,
            Errors.INVALID_PRODUCER_EPOCH,
            Errors.INVALID_PRODUCER_ID_MAPPING,
            Errors.PRODUCER_FENCED);

    private KafkaErrors() {}

    /** What an error that ended a record is about. */
    public static Kind kind(final Exception error) {
        if (error.getClass() == KafkaException.class) {
            return Kind.NEIGHBOUR;
        }
        return error instanceof SerializationException ? Kind.RECORD : kind(Errors.forException(error));
    }

    /** What an error code is about. */
    static Kind kind(final Errors error) {
        if (OF_RECORD.contains(error)) {
            return Kind.RECORD;
        }
        if (OF_TOPIC.contains(error)) {
            return Kind.TOPIC;
        }
        return OF_CLIENT.contains(error) ? Kind.CLIENT : Kind.CLUSTER;
    }

    /** Whether an error concerns this record or its topic only. All others are no reason to give a record up. */
    public static boolean concernsRecord(final Exception error) {
        final Kind kind = kind(error);
        return kind == Kind.RECORD || kind == Kind.TOPIC;
    }

    /**
     * The error of a topic that hides in a time-out: it doesn't exist and isn't created, or this user may not write to it.
     * Null when the time-out has another reason.
     */
    public static @Nullable Exception ofTopic(final Exception timeout) {
        return timeout.getCause() instanceof Exception cause && concernsRecord(cause) ? cause : null;
    }

    /** Whether a producer refused a record for now: no metadata yet, or its buffer is full, or it was closed meanwhile. */
    public static boolean isNotYet(final Exception refusal) {
        return refusal instanceof TimeoutException || !concernsRecord(refusal);
    }

    /** Whether an error says more than that time has passed. */
    public static boolean explains(final Exception error) {
        return error.getCause() != null || !(error instanceof TimeoutException);
    }

    /** The reason of a rejection as metrics name it: one of a few. */
    public static String name(final Exception rejection) {
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
        return concernsRecord(rejection) ? "refused-by-kafka" : "unfit-publish";
    }

    /**
     * Whether a producer that refuses with this error has to be replaced. One that waits for Kafka throws other
     * ApiExceptions; after a refused login or a refused producer id it doesn't try again.
     */
    public static boolean breaksProducer(final Exception error) {
        return !(error instanceof ApiException)
                || error instanceof AuthenticationException
                || error instanceof ClusterAuthorizationException;
    }
}
