package io.kafkabridge.extension.record;

import org.apache.kafka.common.header.Header;

/**
 * A snapshot of an MQTT publish, taken once.
 *
 * @param topic the MQTT topic name
 * @param payload the payload; it must not change any more
 * @param clientId the header with the client's id, see {@link RecordFactory#clientId}
 * @param packetId the MQTT packet identifier; 0 for QoS 0, which has none
 * @param dup the DUP flag: the client may have sent it before
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Publish(String topic, byte[] payload, Header clientId, int packetId, boolean dup) {}
