package io.kafkabridge.extension.delivery.rejected;

import java.time.Instant;
import java.util.regex.Pattern;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that was rejected.
 *
 * @param time when
 * @param reason why, fit for a person to read
 * @param record the record; its topic may be no legal one
 */
public record RejectedRecord(Instant time, String reason, ProducerRecord<byte[], byte[]> record) {

    /** Kafka's errors stand in front of a reason by their names; what the bridge itself says is a sentence. */
    private static final Pattern KAFKAS_ERROR = Pattern.compile("[A-Z][A-Za-z]+Exception: .*", Pattern.DOTALL);

    /** Whether no mapping could make it fit for Kafka: it is the publish as it came. Else Kafka refused it. */
    public boolean isUnfit() {
        return !KAFKAS_ERROR.matcher(reason).matches();
    }
}
