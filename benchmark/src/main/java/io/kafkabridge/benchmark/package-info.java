/** The benchmark: runs workloads on variants of the way from MQTT to Kafka and compares them. */
@NullMarked
package io.kafkabridge.benchmark;

import org.jspecify.annotations.NullMarked;
