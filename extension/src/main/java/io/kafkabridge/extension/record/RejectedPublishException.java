package io.kafkabridge.extension.record;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A publish that a mapping can't make a record of, by no fault of Kafka's: a payload that isn't what the mapping expects, a
 * Kafka topic that comes out illegal. It is the publish's fault, so another try would end the same.
 *
 * <p>Without a stack trace: the reason says it all, and a flood of such publishes must stay cheap.
 */
public final class RejectedPublishException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ProducerRecord<byte[], byte[]> record;

    /**
     * Makes one.
     *
     * @param reason fit for a person to read
     * @param record what could be made of the publish, to be kept for a person to look at; Kafka may refuse its topic
     */
    public RejectedPublishException(final String reason, final ProducerRecord<byte[], byte[]> record) {
        super(reason, null, false, false);
        this.record = record;
    }

    public ProducerRecord<byte[], byte[]> record() {
        return record;
    }
}
