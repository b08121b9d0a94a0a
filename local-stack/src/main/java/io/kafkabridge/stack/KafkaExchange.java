package io.kafkabridge.stack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;
import org.jspecify.annotations.Nullable;

/**
 * One request through a {@link KafkaProxy}, and its answer. Batches that Kafka isn't to get are left out of the request; when none is
 * left, Kafka is asked something harmless in its place, since a client expects answers in the order of its requests.
 */
final class KafkaExchange {

    private record Faulty(String topic, Uuid topicId, int partition, BatchFault fault) {}

    private final RequestHeader header;
    private final KafkaProxy proxy;
    private final List<Faulty> faults = new ArrayList<>();
    private boolean nothingLeft;

    KafkaExchange(final RequestHeader header, final KafkaProxy proxy) {
        this.header = header;
        this.proxy = proxy;
    }

    /** How much later the answer is to come. */
    Duration delay() {
        return faults.stream()
                .map(each -> each.fault().delay())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Whether the client is never to hear of it. */
    boolean isLost() {
        return faults.stream().anyMatch(each -> each.fault().lost());
    }

    /**
     * Asks the proxy's rule for each batch.
     *
     * @param frame the whole request
     * @param body the same behind its header
     * @return what to send to Kafka
     */
    ByteBuffer produce(final ByteBuffer frame, final ByteBuffer body) {
        final ProduceRequestData request = new ProduceRequestData(new ByteBufferAccessor(body), header.apiVersion());
        boolean changed = false;
        for (final Iterator<TopicProduceData> topics = request.topicData().iterator(); topics.hasNext(); ) {
            final TopicProduceData topic = topics.next();
            changed |= topic.partitionData().removeIf(partition -> isKeptFromKafka(topic, partition));
            if (topic.partitionData().isEmpty()) {
                topics.remove();
            }
        }
        if (!changed) {
            return frame;
        }
        nothingLeft = request.topicData().isEmpty();
        return nothingLeft ? harmless() : serialize(header, request);
    }

    private boolean isKeptFromKafka(final TopicProduceData topic, final PartitionProduceData partition) {
        final String name = topic.name().isEmpty() ? proxy.topicName(topic.topicId()) : topic.name();
        final BatchFault fault = proxy.faultOf(new ProducedBatch(
                header.clientId(), name, partition.index(), values((MemoryRecords) partition.records())));
        if (fault == null) {
            return false;
        }
        faults.add(new Faulty(topic.name(), topic.topicId(), partition.index(), fault));
        return !fault.written();
    }

    private static List<String> values(final MemoryRecords records) {
        final List<String> values = new ArrayList<>();
        for (final Record record : records.records()) {
            final ByteBuffer value = record.value();
            values.add(value == null ? "" : StandardCharsets.UTF_8.decode(value).toString());
        }
        return values;
    }

    private ByteBuffer harmless() {
        return serialize(
                new RequestHeader(ApiKeys.API_VERSIONS, (short) 0, header.clientId(), header.correlationId()),
                new ApiVersionsRequestData());
    }

    private static ByteBuffer serialize(final RequestHeader header, final ApiMessage body) {
        return RequestUtils.serialize(header.data(), header.headerVersion(), body, header.apiVersion());
    }

    /** What the client is to get in place of Kafka's answer. */
    ByteBuffer answer(final ByteBuffer frame) {
        if (faults.isEmpty() && !proxy.concerns(header.apiKey())) {
            return frame;
        }
        final ApiMessage answer = nothingLeft
                ? new ProduceResponseData()
                : AbstractResponse.parseResponse(frame, header).data();
        if (answer instanceof final ProduceResponseData produced) {
            faults.forEach(each -> put(each, produced));
        } else {
            proxy.change(header.clientId(), header.apiKey(), answer);
        }
        final ResponseHeader responseHeader = header.toResponseHeader();
        return RequestUtils.serialize(
                responseHeader.data(), responseHeader.headerVersion(), answer, header.apiVersion());
    }

    private static void put(final Faulty faulty, final ProduceResponseData answer) {
        final BatchFault fault = faulty.fault();
        if (fault.error() == Errors.NONE) {
            return;
        }
        TopicProduceResponse topic = answer.responses().find(faulty.topic(), faulty.topicId());
        if (topic == null) {
            topic = new TopicProduceResponse().setName(faulty.topic()).setTopicId(faulty.topicId());
            answer.responses().add(topic);
        }
        topic.partitionResponses().removeIf(partition -> partition.index() == faulty.partition());
        topic.partitionResponses()
                .add(new PartitionProduceResponse()
                        .setIndex(faulty.partition())
                        .setErrorCode(fault.error().code())
                        .setErrorMessage(message(fault))
                        .setBaseOffset(-1)
                        .setRecordErrors(fault.badRecords().stream()
                                .map(index -> new BatchIndexAndErrorMessage()
                                        .setBatchIndex(index)
                                        .setBatchIndexErrorMessage("bad record " + index))
                                .toList()));
    }

    private static @Nullable String message(final BatchFault fault) {
        return fault.badRecords().isEmpty() ? null : "One or more records have been rejected";
    }
}
