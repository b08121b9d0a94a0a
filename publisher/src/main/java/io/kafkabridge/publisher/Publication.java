package io.kafkabridge.publisher;

import java.time.Duration;

/**
 * How messages are published.
 *
 * @param qos 0, 1 or 2
 * @param interval the least time between two messages
 */
record Publication(String topic, int qos, boolean retain, Duration interval) {}
