package io.kafkabridge.spool;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record of the spool.
 *
 * @param offset its place in the spool
 * @param origin id of the mapping it came from
 * @param record the record as it was appended
 */
public record SpooledRecord(long offset, String origin, ProducerRecord<byte[], byte[]> record) {}
