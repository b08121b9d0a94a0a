package io.kafkabridge.extension.intake;

import io.kafkabridge.extension.delivery.Delivery;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.record.RecordFactory;

/**
 * Where the publishes of one mapping go.
 *
 * @param records makes their records
 * @param delivery takes them to the mapping's Kafka cluster
 * @param origin the mapping, as the delivery knows it
 * @param lastWills whether it takes last wills, too
 */
public record Route(RecordFactory records, Delivery delivery, Origin origin, boolean lastWills) {}
