package io.kafkabridge.it;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.stack.BatchFault;
import io.kafkabridge.stack.ProducedBatch;

import static org.apache.kafka.common.protocol.ApiKeys.INIT_PRODUCER_ID;
import static org.apache.kafka.common.protocol.ApiKeys.METADATA;
import static org.apache.kafka.common.protocol.ApiKeys.PRODUCE;

/**
 * An answer that Kafka may give: a row of the table in {@code docs/guarantees.md}.
 *
 * @param api what is answered
 * @param id names the case's cluster and topic
 * @param title what the table says
 * @param error the error code
 * @param written whether a batch may be in Kafka all the same, so that a repeat is nobody's fault
 * @param named whether the answer names single records
 */
record AnswerRow(ApiKeys api, String id, String title, Errors error, boolean written, boolean named) {

    /** Whatever this version's brokers, or those before it, may say to a produce request, and some that only a bug would say. */
    private static final Set<Errors> OF_PRODUCE = EnumSet.of(
            Errors.UNKNOWN_SERVER_ERROR,
            Errors.CORRUPT_MESSAGE,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.LEADER_NOT_AVAILABLE,
            Errors.NOT_LEADER_OR_FOLLOWER,
            Errors.REQUEST_TIMED_OUT,
            Errors.MESSAGE_TOO_LARGE,
            Errors.NETWORK_EXCEPTION,
            Errors.INVALID_TOPIC_EXCEPTION,
            Errors.RECORD_LIST_TOO_LARGE,
            Errors.NOT_ENOUGH_REPLICAS,
            Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            Errors.INVALID_REQUIRED_ACKS,
            Errors.TOPIC_AUTHORIZATION_FAILED,
            Errors.CLUSTER_AUTHORIZATION_FAILED,
            Errors.INVALID_TIMESTAMP,
            Errors.UNSUPPORTED_VERSION,
            Errors.INVALID_REQUEST,
            Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT,
            Errors.POLICY_VIOLATION,
            Errors.OUT_OF_ORDER_SEQUENCE_NUMBER,
            Errors.DUPLICATE_SEQUENCE_NUMBER,
            Errors.INVALID_PRODUCER_EPOCH,
            Errors.INVALID_TXN_STATE,
            Errors.INVALID_PRODUCER_ID_MAPPING,
            Errors.CONCURRENT_TRANSACTIONS,
            Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            Errors.KAFKA_STORAGE_ERROR,
            Errors.UNKNOWN_PRODUCER_ID,
            Errors.FENCED_LEADER_EPOCH,
            Errors.UNSUPPORTED_COMPRESSION_TYPE,
            Errors.INVALID_RECORD,
            Errors.THROTTLING_QUOTA_EXCEEDED,
            Errors.PRODUCER_FENCED,
            Errors.UNKNOWN_TOPIC_ID,
            Errors.INCONSISTENT_TOPIC_ID);

    private static final Set<Errors> OF_METADATA = EnumSet.of(
            Errors.UNKNOWN_SERVER_ERROR,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.LEADER_NOT_AVAILABLE,
            Errors.INVALID_TOPIC_EXCEPTION,
            Errors.TOPIC_AUTHORIZATION_FAILED);

    private static final Set<Errors> OF_INIT_PRODUCER_ID = EnumSet.of(
            Errors.UNKNOWN_SERVER_ERROR,
            Errors.REQUEST_TIMED_OUT,
            Errors.COORDINATOR_LOAD_IN_PROGRESS,
            Errors.COORDINATOR_NOT_AVAILABLE,
            Errors.NOT_COORDINATOR,
            Errors.CLUSTER_AUTHORIZATION_FAILED,
            Errors.NOT_CONTROLLER,
            Errors.INVALID_REQUEST,
            Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            Errors.THROTTLING_QUOTA_EXCEEDED);

    /** Those that mean, or don't exclude, that the batch was written. */
    private static final Set<Errors> WRITTEN = EnumSet.of(
            Errors.REQUEST_TIMED_OUT, Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND, Errors.DUPLICATE_SEQUENCE_NUMBER);

    /** The rows of the table. */
    static List<AnswerRow> ofEveryBuild() {
        return rows(OF_PRODUCE, OF_METADATA, OF_INIT_PRODUCER_ID);
    }

    /** Every error code there is, also where no broker gives it. */
    static List<AnswerRow> all() {
        final Set<Errors> all = EnumSet.complementOf(EnumSet.of(Errors.NONE));
        return rows(all, all, all);
    }

    private static List<AnswerRow> rows(
            final Set<Errors> produce, final Set<Errors> metadata, final Set<Errors> initProducerId) {
        return Stream.of(
                        rows(PRODUCE, "", "produce", produce),
                        Stream.of(
                                named(Errors.INVALID_TIMESTAMP),
                                named(Errors.INVALID_RECORD),
                                new AnswerRow(
                                        PRODUCE,
                                        "LOST",
                                        "produce: none, the connection breaks after the write",
                                        Errors.NONE,
                                        true,
                                        false)),
                        rows(METADATA, "metadata.", "metadata", metadata),
                        rows(INIT_PRODUCER_ID, "init.", "init-producer-id", initProducerId))
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<AnswerRow> rows(
            final ApiKeys api, final String prefix, final String title, final Set<Errors> errors) {
        return errors.stream()
                .map(error -> new AnswerRow(
                        api,
                        prefix + error,
                        title + ": `" + error + "`",
                        error,
                        api == PRODUCE && WRITTEN.contains(error),
                        false));
    }

    private static AnswerRow named(final Errors error) {
        return new AnswerRow(
                PRODUCE, "named." + error, "produce: `" + error + "`, which names one record", error, false, true);
    }

    /**
     * What goes wrong with a batch.
     *
     * @param value that of the record that is named, if any is
     */
    BatchFault fault(final ProducedBatch batch, final String value) {
        if (error == Errors.NONE) {
            return BatchFault.lostAnswer();
        }
        if (named) {
            return BatchFault.badRecords(error, List.of(batch.values().indexOf(value)));
        }
        return written ? BatchFault.writtenBut(error) : BatchFault.refused(error);
    }

    /** Puts the error into an answer of this row's API. */
    void putInto(final @Nullable ApiMessage answer) {
        if (answer instanceof final MetadataResponseData metadata) {
            metadata.topics().forEach(topic -> {
                topic.setErrorCode(error.code());
                topic.setPartitions(List.of());
            });
        } else if (answer instanceof final InitProducerIdResponseData id) {
            id.setErrorCode(error.code()).setProducerId(-1).setProducerEpoch((short) -1);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
