package io.kafkabridge.extension.delivery.rejected;

import java.time.Instant;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that was rejected.
 *
 * @param time when
 * @param reason why, fit for a person to read
 * @param record the record; its topic may be no legal one
 */
public record RejectedRecord(Instant time, String reason, ProducerRecord<byte[], byte[]> record) {}
