package io.kafkabridge.extension.intake;

import io.kafkabridge.extension.delivery.KafkaDelivery;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.status.MappingMetrics;

/**
 * Where the publishes of one mapping go.
 *
 * @param records makes their records
 * @param delivery takes them to the mapping's Kafka cluster
 * @param metrics counts them
 */
public record Route(RecordFactory records, KafkaDelivery delivery, MappingMetrics metrics) {}
