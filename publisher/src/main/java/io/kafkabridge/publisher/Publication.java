package io.kafkabridge.publisher;

/**
 * How messages are published.
 *
 * @param qos 0, 1 or 2
 */
record Publication(String topic, int qos, boolean retain) {}
