package io.kafkabridge.stack;

import java.util.List;

/**
 * A batch of records that a client asks Kafka to write, on its way through a {@link KafkaProxy}. Immutable.
 *
 * @param clientId the {@code client.id} of the producer
 * @param topic the Kafka topic
 * @param partition its partition
 * @param values the records' values as text, in the batch's order
 */
public record ProducedBatch(String clientId, String topic, int partition, List<String> values) {

    /** Makes one with a copy of the list. */
    public ProducedBatch {
        values = List.copyOf(values);
    }
}
